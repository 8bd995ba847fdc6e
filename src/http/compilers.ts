// Schemas become functions once a process: many operations answer alike, and a process may build the app more than once.

import AjvCompiler from '@fastify/ajv-compiler'
import serializerOf from 'fast-json-stringify'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { bodyOptions } from './body-schema.ts'

const build = AjvCompiler()
const bodies = build({}, { customOptions: bodyOptions })
// Query members arrive as text and are read as numbers.
const others = build({}, { customOptions: { ...bodyOptions, coerceTypes: true, useDefaults: true } })
const forBodies = new Map<string, ReturnType<typeof bodies>>()
const forOthers = new Map<string, ReturnType<typeof others>>()
const forAnswers = new Map<string, (value: unknown) => string>()

/** Fastify's validator compiler for the schemas of openapi.yaml. */
export const validatorCompiler: FastifySchemaCompiler<object> = route =>
  route.httpPart === 'body'
    ? once(forBodies, route.schema, () => bodies(route))
    : once(forOthers, route.schema, () => others(route))

/** Fastify's serializer compiler for the same: only members that a schema names are sent. */
export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) =>
  once(forAnswers, schema, () => serializerOf(schema))

function once<T>(made: Map<string, T>, schema: object, make: () => T): T {
  const key = JSON.stringify(schema)
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}
