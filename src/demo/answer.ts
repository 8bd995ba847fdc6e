// What a visitor of the demo wants to be answered: as whom, and with which misdeed. Written as `alice` or
// `alice.expired_assertion`, the same in the cookie, in addresses and in the identity provider's buttons.

import { isMisdeed, type MisdeedName } from './misdeeds.ts'
import { isPerson, type PersonId } from './people.ts'

/** The answer that the demo's identity provider is to give. */
export interface Answer {
  person: PersonId
  misdeed?: MisdeedName
}

/** The cookie that carries an answer from the home page to the identity provider. */
export const answerCookie = 'demo_person'

/** Reads an answer; null for anything that is none. */
export function readAnswer(written: unknown): Answer | null {
  if (typeof written !== 'string') return null
  const [person = '', misdeed, ...rest] = written.split('.')
  if (!isPerson(person) || rest.length > 0) return null
  if (misdeed === undefined) return { person }
  return isMisdeed(misdeed) ? { person, misdeed } : null
}

/** Writes an answer as `readAnswer` reads it. */
export function writeAnswer({ person, misdeed }: Answer): string {
  return misdeed === undefined ? person : `${person}.${misdeed}`
}
