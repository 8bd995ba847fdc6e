// What an attack is: one misdeed, the message that commits it, the same message without it, and the code with which it is refused.

import type { KeyObject } from 'node:crypto'
import type { ProblemCode } from '../../src/problem.ts'
import type { Trust } from '../../src/saml/response.ts'
import type { Expected } from '../../src/saml/rule.ts'
import { assertionXml, type Parts, parts, responseXml, type TestIdp, testIdp } from './idp.ts'
import { requestId, sp } from './judging.ts'
import { rsaPair } from './rsa.ts'

/** Where an attack takes place: a trusted identity provider, a stranger, our decryption key, and the login under way. */
export interface Scene {
  idp: TestIdp
  stranger: TestIdp
  ours: { publicKey: KeyObject; privateKey: KeyObject }
  sp: typeof sp
  requestId: string
  now: number
  /** The parts of a good response, changed. */
  parts(change?: Partial<Parts>): Parts
  /** The XML of a good response, changed. */
  response(change?: Partial<Parts>, assertion?: string): string
  /** The XML of its assertion alone. */
  assertion(change?: Partial<Parts>): string
}

/** What an attacker sends, and the control: the same without the misdeed, which must come in. Both are XML texts. */
export interface Forged {
  evil: string
  control: string
}

/** One misdeed. */
export interface Attack {
  /** What is done, as a sentence. */
  misdeed: string
  /** The code of the refusal; several only where two checks are equally right to be first. */
  code: ProblemCode | readonly ProblemCode[]
  forge(scene: Scene): Forged
  /** What this connection trusts or expects beyond the usual, for the evil message and its control alike. */
  trust?: Partial<Trust>
  expected?: Partial<Expected>
}

const ours = rsaPair()
const idp = testIdp()
const stranger = { ...testIdp(), issuer: idp.issuer }

/** Sets a scene; keys are the same for all attacks of a file, ids are fresh. */
export function scene(now = Date.now()): Scene {
  const of = (change: Partial<Parts> = {}) => ({ ...parts(idp, sp, requestId, now), ...change })
  return {
    ...{ idp, stranger, ours, sp, requestId, now },
    parts: of,
    response: (change, assertion) => {
      const all = of(change)
      return responseXml(idp, all, assertion ?? assertionXml(idp, all))
    },
    assertion: change => assertionXml(idp, of(change)),
  }
}
