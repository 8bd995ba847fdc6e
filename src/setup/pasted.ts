// What an IT admin gave us of their side → issuer, sign-on URL and certificates, or for each field what was given instead and the
// right move. Metadata is taken wherever it was pasted; a private key is never kept, shown again or written down. Pure.

import { X509Certificate } from 'node:crypto'
import { readCertificates } from '../connections/certificate.ts'
import type { ConnectionSettings } from '../connections/connection.ts'
import { type Mistake, Problem } from '../problem.ts'
import { readIdpMetadata } from '../saml/idp-metadata.ts'
import { mendedIssuer, type Surroundings, wrongIssuer, wrongMetadataUrl, wrongSignOnUrl } from './addresses.ts'
import { isSecret, type Kind, kindOf } from './kind.ts'
import { notCertificates, words } from './kind-words.ts'

/** The fields of the form, as they came. `metadata` is the text or the content of the file. */
export interface Pasted {
  metadata_url: string
  metadata: string
  sign_on_url: string
  issuer: string
  certificate: string
}

/** Their side, as the address book takes it. */
export type Theirs = Pick<ConnectionSettings, 'issuer' | 'sign_on_url' | 'request_binding'> &
  Partial<Pick<ConnectionSettings, 'logout_url' | 'logout_response_url' | 'logout_binding' | 'metadata_url'>> & {
    certificates: string[]
  }

/**
 * What came of it: their side, or every mistake; what was mended along the way; and what may be shown again in the form. Where an
 * address alone was given, `fetch` has it and there is nothing else: what it leads to goes into `readFollowed`.
 */
export interface Reading {
  fetch?: string
  theirs: Theirs | undefined
  mistakes: Mistake[]
  notices: string[]
  shown: Pasted
}

const fields = ['metadata_url', 'metadata', 'sign_on_url', 'issuer', 'certificate'] as const

/** Reads the form. */
export function readPasted(pasted: Pasted, around: Surroundings): Reading {
  const given = { ...pasted }
  for (const name of fields) given[name] = clean(pasted[name])
  const kinds = fields.map(name => [name, kindOf(given[name])] as const)
  const secrets = kinds.filter(([, kind]) => isSecret(kind))
  for (const [name] of secrets) given[name] = ''
  if (secrets.length > 0)
    return failed(
      given,
      secrets.map(([field, kind]) => ({ field, message: words[kind] ?? '' })),
    )
  const [first] = kinds.filter(([, kind]) => kind === 'idp_metadata')
  if (first) return fromMetadata(given, first[0], around)
  const strangers = kinds.filter(([, kind]) => kind === 'sp_metadata')
  if (strangers.length > 0)
    return failed(
      given,
      strangers.map(([field]) => ({ field, message: spMetadata(given[field], around) })),
    )
  return given.metadata !== '' ? notMetadata(given) : fromThree(given, around)
}

/** Reads what the metadata URL of the form led to: their side follows it from now on. */
export function readFollowed(
  pasted: Pasted,
  fetched: { text: string } | { wrong: string },
  around: Surroundings,
): Reading {
  const field = 'metadata_url'
  if ('wrong' in fetched) {
    const message = `This address ${fetched.wrong} Where it cannot be reached from here, open it yourself and give the file below.`
    return failed(pasted, [{ field, message }])
  }
  if (kindOf(fetched.text) !== 'idp_metadata') {
    const message = `What is at this address is not the metadata of an identity provider. ${words[kindOf(fetched.text)] ?? ''}`
    return failed(pasted, [{ field, message: message.trim() }])
  }
  const url = clean(pasted.metadata_url)
  const { theirs, mistakes } = fromMetadata({ ...pasted, metadata: fetched.text }, 'metadata', around)
  if (!theirs)
    return failed(
      pasted,
      mistakes.map(one => ({ ...one, field })),
    )
  const notice = 'We fetched it, and will again on schedule: new certificates and addresses come by themselves.'
  return { theirs: { ...theirs, metadata_url: url }, mistakes: [], notices: [notice], shown: pasted }
}

function clean(text: string): string {
  return text.replace(/^\uFEFF/, '').trim()
}

function failed(shown: Pasted, mistakes: Mistake[], notices: string[] = []): Reading {
  return { theirs: undefined, mistakes, notices, shown }
}

function spMetadata(text: string, { ours }: Surroundings): string {
  const mine = text.includes(`"${ours.entity_id}"`)
  const what = mine ? 'This is our own metadata' : 'This is the metadata of an application, not of an identity provider'
  return `${what}: it goes into your identity provider. Here we need the metadata that your identity provider publishes, with an IDPSSODescriptor inside.`
}

function notMetadata(given: Pasted): Reading {
  const kind = kindOf(given.metadata)
  const other: Partial<Record<Kind, string>> = {
    certificate: 'This is a certificate alone. Put it into Public Certificate below, with Sign on URL and Issuer.',
    url: 'This is an address. Put it into Metadata URL above, or open it and give the file.',
  }
  const message =
    words[kind] ??
    other[kind] ??
    'This is no metadata: that is XML and begins with EntityDescriptor. Was it cut off in copying?'
  return failed(given, [{ field: 'metadata', message }])
}

function fromMetadata(given: Pasted, field: keyof Pasted, { ours }: Surroundings): Reading {
  const shown = { ...given, metadata: given[field], ...(field === 'metadata' ? {} : { [field]: '' }) }
  try {
    const { issuer, signOnUrl, signOnBinding, logout, certificates } = readIdpMetadata(given[field])
    if (issuer === ours.entity_id)
      return failed(shown, [{ field: 'metadata', message: 'This names us as the identity provider.' }])
    const read = certificates.map(readCertificates)
    const wrong = read.find(one => typeof one === 'string')
    if (wrong !== undefined) return failed(shown, [{ field: 'metadata', message: `A certificate in it ${wrong}` }])
    const theirs: Theirs = {
      ...{ issuer, sign_on_url: signOnUrl, request_binding: signOnBinding },
      ...{ logout_url: logout?.url ?? null, logout_response_url: logout?.responseUrl ?? null },
      logout_binding: logout?.binding ?? 'redirect',
      certificates: read.flatMap(one => (typeof one === 'string' ? [] : one.map(({ pem }) => pem))),
    }
    const moved =
      'That was metadata, which says everything at once: we took issuer, sign-on URL and certificate from it.'
    return { theirs, mistakes: [], notices: field === 'metadata' ? [] : [moved], shown }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const message = error.mistakes[0]?.message ?? error.detail ?? `${error.message}.`
    return failed(shown, [{ field: 'metadata', message: `${message} Save the file again and give it whole.` }])
  }
}

function fromThree(given: Pasted, around: Surroundings): Reading {
  const three = ['sign_on_url', 'issuer', 'certificate'] as const
  if (given.metadata_url !== '' && three.every(name => given[name] === '')) return onlyUrl(given, around)
  const missing = three.filter(name => given[name] === '')
  const mistakes: Mistake[] = missing.map(field => ({ field, message: 'This is needed, unless you give metadata.' }))
  const add = (field: keyof Pasted, message: string | undefined) => {
    if (message !== undefined && given[field] !== '') mistakes.push({ field, message })
  }
  add('sign_on_url', wrongSignOnUrl(given.sign_on_url, around))
  add('issuer', wrongIssuer(given.issuer, around))
  const { pems, notices, wrong } = certificatesIn(given.certificate, around)
  add('certificate', wrong)
  const { issuer, notice } = mendedIssuer(given.issuer)
  const all = notice === undefined ? notices : [notice, ...notices]
  if (mistakes.length > 0) return failed({ ...given, issuer }, mistakes, all)
  const theirs: Theirs = {
    ...{ issuer, sign_on_url: given.sign_on_url, request_binding: 'redirect', certificates: pems },
  }
  return { theirs, mistakes: [], notices: all, shown: { ...given, issuer } }
}

function onlyUrl(given: Pasted, around: Surroundings): Reading {
  const wrong = wrongMetadataUrl(given.metadata_url, around)
  if (wrong === undefined) return { ...failed(given, []), fetch: given.metadata_url }
  return failed(given, [{ field: 'metadata_url', message: wrong }])
}

function certificatesIn(text: string, { where }: Surroundings): { pems: string[]; notices: string[]; wrong?: string } {
  const other = notCertificates[kindOf(text)]
  if (other !== undefined)
    return { pems: [], notices: [], wrong: where.certificate ? `${other} ${where.certificate}` : other }
  const read = readCertificates(text)
  if (typeof read === 'string') return { pems: [], notices: [], wrong: `This ${read}` }
  const all = read.map(({ pem }) => new X509Certificate(pem))
  // Who signed another of them only vouches for it; what signs messages stands at the end of the chain.
  const signers = all.filter(
    one => !all.some(other => other.fingerprint256 !== one.fingerprint256 && other.checkIssued(one)),
  )
  const pems = [...new Set(signers.map(String))]
  const left = all.length - signers.length
  if (left === 0 || pems.length === 0) return { pems: [...new Set(all.map(String))], notices: [] }
  const notice = `That was a chain of ${all.length} certificates. We kept the one that signs${named(signers)}; those above it only vouch for it and are not needed.`
  return { pems, notices: [notice] }
}

function named(signers: readonly X509Certificate[]): string {
  const subject = signers[0]?.subject.replaceAll('\n', ', ')
  return subject ? ` (${subject})` : ''
}
