// A response judged without the service around it: the pipeline of steps 3 to 9, with every check.

import { X509Certificate } from 'node:crypto'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { type Check, openInquiry } from '../../src/saml/inquiry.ts'
import { judge, verdict } from '../../src/saml/judge.ts'
import { type Examined, examine, type Tools, type Trust } from '../../src/saml/response.ts'
import type { Expected } from '../../src/saml/rule.ts'
import { samlifyOpinion } from '../../src/saml/second-opinion.ts'
import type { TestIdp } from './idp.ts'
import { schema } from './schema.ts'

/** The service provider of judged responses, and the request they answer. */
export const sp = { entityId: 'https://sso.example/saml/c1/metadata', acsUrl: 'https://sso.example/saml/c1/acs' }
export const requestId = '_request'

/** Trust in one identity provider. */
export function trustIn(idp: TestIdp, more: Partial<Trust> = {}): Trust {
  const { publicKey, raw, fingerprint256 } = new X509Certificate(idp.certificate)
  const sha256 = fingerprint256.replaceAll(':', '').toLowerCase()
  const keys = [{ sha256, key: publicKey, certificate: raw.toString('base64') }]
  return { keys, decryptionKeys: [], allowSha1: false, allowCbcUnsigned: false, ...more }
}

/** What a login at the service provider expects. */
export function expectation(idp: TestIdp, more: Partial<Expected> = {}): Expected {
  return {
    issuer: idp.issuer,
    spEntityId: sp.entityId,
    acsUrls: [sp.acsUrl],
    inResponseTo: requestId,
    clockSkew: 180,
    requireSigned: 'any',
    requireEncrypted: false,
    subject: null,
    requestedAuthnContext: [],
    ...more,
  }
}

/** What became of a response: `code` is null where it would be accepted. */
export interface Outcome {
  code: ProblemCode | null
  checks: Check[]
  examined: Examined | undefined
}

/** Both verifiers. */
export const tools: Tools = { schema, opinion: samlifyOpinion }

/** Judges the XML of a response. */
export function judged(xml: string, trust: Trust, expected: Expected, now = Date.now(), how: Tools = tools): Outcome {
  const inquiry = openInquiry()
  try {
    const examined = examine(xml, trust, how, inquiry)
    const checks = [...inquiry.checks, ...judge(examined, expected, now)]
    return { code: verdict(checks) ?? null, checks, examined }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { code: error.code, checks: inquiry.checks, examined: undefined }
  }
}
