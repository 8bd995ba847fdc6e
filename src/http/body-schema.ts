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
  const whole = JSON.stringify({ ...posted, $defs: components.schemas })
  const schema = JSON.parse(whole.replaceAll('"#/components/schemas/', '"#/$defs/'))
  const validate = AjvCompiler()({}, { customOptions: bodyOptions })({ schema, method: 'POST', url: path })
  return body => (validate(body) ? [] : mistakesOf((validate.errors ?? []) as Parameters<typeof mistakesOf>[0], 'body'))
}
