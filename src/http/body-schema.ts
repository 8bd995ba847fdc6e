// The schemas of openapi.yaml for bodies that do not come over HTTP: the same words for the same mistakes.

import AjvCompiler from '@fastify/ajv-compiler'
import type { Mistake } from '../problem.ts'
import { mistakesOf } from './problems.ts'

/** Bodies tell every mistake of theirs at once and are taken as they are. */
export const bodyOptions = {
  ...{ removeAdditional: false, allErrors: true, allowUnionTypes: true },
  ...{ coerceTypes: false, useDefaults: false },
} as const

/** What is read of a parsed openapi.yaml. */
export interface Specification {
  components: { schemas: object }
  paths: Record<string, { post?: { requestBody?: { content: Record<string, { schema: object }> } } }>
}

/** What is wrong with a body that would be posted to `path`, as its schema sees it. */
export function postSchema({ components, paths }: Specification, path: string): (body: unknown) => Mistake[] {
  const posted = paths[path]?.post?.requestBody?.content['application/json']?.schema
  if (!posted) throw new Error(`openapi.yaml has no POST ${path}`)
  return bySchema(posted, components.schemas)
}

/** What is wrong with changes of a connection, as PATCH would see them. */
export function changeSchema({ components: { schemas } }: Specification): (body: unknown) => Mistake[] {
  const members = (schemas as Record<string, object>)['ConnectionMembers']
  if (!members) throw new Error('openapi.yaml has no ConnectionMembers')
  return bySchema(members, schemas)
}

function bySchema(one: object, schemas: object): (body: unknown) => Mistake[] {
  const whole = JSON.stringify({ ...one, $defs: schemas })
  const schema = JSON.parse(whole.replaceAll('"#/components/schemas/', '"#/$defs/'))
  const validate = AjvCompiler()({}, { customOptions: bodyOptions })({ schema, method: 'POST', url: '/' })
  return body => (validate(body) ? [] : mistakesOf((validate.errors ?? []) as Parameters<typeof mistakesOf>[0], 'body'))
}
