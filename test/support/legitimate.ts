// What a legitimate response is: one thing that identity providers do, the message that does it, and whom it means.

import type { Trust } from '../../src/saml/response.ts'
import type { Expected } from '../../src/saml/rule.ts'
import type { Scene } from './attack.ts'

/** Whom a response means: the NameID (null where there is none), and every attribute with its values in their order. */
export interface Meant {
  nameID: string | null
  attributes: Record<string, string[]>
}

/** One thing that identity providers do. */
export interface Legitimate {
  /** What is done, as a sentence. */
  sentence: string
  /** The XML of the response. */
  response(scene: Scene): string
  /** Whom it means; what is left out is as in every good response. */
  means?: Partial<Meant>
  /** What this connection trusts or expects beyond the usual. */
  trust?: (scene: Scene) => Partial<Trust>
  expected?: Partial<Expected>
}

/** Whom a good response means that says nothing else. */
export const alice: Meant = {
  nameID: 'alice',
  attributes: { email: ['alice@acme.example'], groups: ['staff', 'admins'] },
}

/** Base64 in lines of a width; `end` as canonical XML writes a line's end. */
export function wrapped(base64: string, width: number, end = '\n'): string {
  return (base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)
}
