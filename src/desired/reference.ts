// A text that is not in the file but named there: { env: NAME } or { file: PATH }, so that secrets stay where they are kept.

import type { Mistake } from '../problem.ts'

/** What references stand for. */
export interface References {
  env: (name: string) => string | undefined
  /** Reads a path as it stands in `from`; throws where it cannot. */
  file: (path: string, from: string) => string
}

/** A way to name a text. */
export type ReferenceKind = 'env' | 'file'

/** The text, or what is wrong with the reference. The text never stands in a message. */
export function resolve(
  value: unknown,
  allowed: readonly ReferenceKind[],
  from: string,
  { env, file }: References,
): { text: string } | { wrong: string } {
  const words = allowed.map(kind => (kind === 'env' ? '{ env: NAME }' : '{ file: PATH }')).join(' or ')
  const [member, ...others] = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const [kind, name] = member ?? []
  if (others.length > 0 || typeof name !== 'string' || !allowed.some(one => one === kind))
    return { wrong: `must be ${words}.` }
  if (kind === 'env') {
    const text = env(name)
    return text === undefined ? { wrong: `names the environment variable ${name}, which is not set.` } : { text }
  }
  try {
    return { text: file(name, from).replace(/\r?\n$/, '') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return { wrong: `names the file ${name}, which cannot be read${code}.` }
  }
}

/** A body with the files that its public texts name in their place; what is no reference stays for the schema to judge. */
export function withFiles(body: Record<string, unknown>, from: string, references: References) {
  const mistakes: Mistake[] = []
  const text = (value: unknown, field: string): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const found = resolve(value, ['file'], from, references)
    if ('text' in found) return found.text
    mistakes.push({ field, message: found.wrong })
    return undefined
  }
  const { metadata_xml, certificates } = body
  const all = { ...body }
  if (metadata_xml !== undefined) all['metadata_xml'] = text(metadata_xml, 'metadata_xml')
  if (Array.isArray(certificates)) all['certificates'] = certificates.map((one, at) => text(one, `certificates[${at}]`))
  return { body: all, mistakes }
}
