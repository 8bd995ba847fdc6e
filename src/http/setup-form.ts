// Forms of the set-up pages: url-encoded, or multipart where files come along. Without JavaScript a file can come no other way.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { mappable, type SetupDraft } from '../setup/draft.ts'
import type { Pasted } from '../setup/pasted.ts'
import { isPreset, presets } from '../setup/presets.ts'

/** Bytes of a form with files. */
export const largestForm = 1024 * 1024

type Fields = Record<string, string[]>

/** Lets the routes of a scope take multipart forms, read as texts by name; a file that is no text is read as its base64. */
export function takeFiles(app: FastifyInstance): void {
  app.addContentTypeParser(
    /^multipart\/form-data/,
    { parseAs: 'buffer', bodyLimit: largestForm },
    async (request: FastifyRequest, body: Buffer) => {
      const type = request.headers['content-type'] ?? ''
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
        .formData()
        .catch((cause: unknown) => {
          throw new Problem('invalid_request', { detail: 'The form could not be read.', cause })
        })
      const fields: Fields = {}
      for (const [name, value] of form.entries()) {
        const text = typeof value === 'string' ? value : asText(Buffer.from(await value.arrayBuffer()))
        fields[name] = [...(fields[name] ?? []), text]
      }
      return fields
    },
  )
}

function asText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return utf16(bytes) ?? bytes.toString('base64')
  }
}

// Windows writes some of its files so.
function utf16(bytes: Buffer): string | undefined {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
  return isLittle ? new TextDecoder('utf-16le').decode(bytes) : undefined
}

/** Every value of a field, in order. */
export function fieldsOf({ body }: FastifyRequest, name: string): string[] {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const value = Object.hasOwn(fields, name) ? fields[name] : []
  return [value].flat().filter(one => typeof one === 'string')
}

/** The first value of a field, trimmed; the empty text where there is none. Characters that cannot be kept are left out. */
export function fieldOf(request: FastifyRequest, name: string): string {
  return (fieldsOf(request, name)[0] ?? '').replaceAll('\0', '').toWellFormed().trim()
}

/** The fields of step 3; a file takes the place of the text beside it. */
export function pastedIn(request: FastifyRequest): Pasted {
  const either = (file: string, text: string) => fieldOf(request, file) || fieldOf(request, text)
  return {
    metadata_url: fieldOf(request, 'metadata_url'),
    metadata: either('metadata_file', 'metadata'),
    sign_on_url: fieldOf(request, 'sign_on_url'),
    issuer: fieldOf(request, 'issuer'),
    certificate: either('certificate_file', 'certificate'),
  }
}

/** The fields of step 4. Roles are absent where the form did not show them; a preset takes the place of the names. */
export function peopleIn(request: FastifyRequest): SetupDraft {
  const preset = fieldOf(request, 'preset')
  const names: Partial<Record<string, string>> = isPreset(preset) ? presets[preset].names : {}
  const nameOf = (claim: string) => (isPreset(preset) ? names[claim] : fieldOf(request, `claim_${claim}`)) ?? ''
  const attributes = mappable.map(claim => [claim, nameOf(claim)] as const).filter(([, name]) => name !== '')
  const roles = fieldsOf(request, 'role').map(trimmed)
  const groups = fieldsOf(request, 'group').map(trimmed)
  const grants = groups
    .map((group, at) => ({ group, role: roles[at] ?? '' }))
    .filter(({ group, role }) => group !== '' && role !== '')
  return {
    attributes: Object.fromEntries(attributes.map(([claim, name]) => [claim, [name.slice(0, 1024)]])),
    subject: fieldOf(request, 'subject').slice(0, 1024) || null,
    ...(groups.length > 0 ? { roles: grants.slice(0, 200) } : {}),
  }
}

/** The lines to try the mapping with; they may be of a real person, so they are shown again and never kept. */
export function sampleIn(request: FastifyRequest): string | undefined {
  return fieldOf(request, 'sample').slice(0, 20_000) || undefined
}

function trimmed(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim().slice(0, 200)
}
