// What the consoles of identity providers call the things that an admin has to change or copy, and the click path to each.
// Nothing is decided here: `advice.ts` and the guides say it. Texts are the vendors' own words, in *asterisks*.

import { hostedConsoles } from './hosted-consoles.ts'
import { ownConsoles } from './own-consoles.ts'
import { type Provider, providers } from './provider.ts'

/** Words that complete "In Okta, …" without a full stop; or the reason why there are none, a sentence that says what to do instead. */
export type Words = string | { lacks: string }

/** One console's words for each thing. Those of `acs`, `recipient` and `audience` end where the value to set is named. */
export interface Console {
  /** The address to which responses go; `recipient` only where that is a field of its own. */
  acs: string
  recipient?: string
  /** Our entity ID. */
  audience: string
  /** What a connection copies from the console. */
  signOnUrl: string
  issuer: string
  certificate: string
  /** Where it is switched what is signed, how, and whether the assertion is encrypted. */
  signAssertion: Words
  signResponse: Words
  signBoth: Words
  algorithm: Words
  encryption: Words
  /** A name that stays the same, or a name at all. */
  nameId: Words
  /** A sign-in that the console's own portal begins. */
  unsolicited: Words
  /** Attributes and groups that are sent. */
  attributes: string
  /** Who may sign in. */
  people: Words
  clock: Words
}

/** Every console that we know; `custom` has none. */
export const consoles: Record<Exclude<Provider, 'custom'>, Console> = { ...hostedConsoles, ...ownConsoles }

/** Says a thing of the console in its words, with the value to set; undefined where the console is not known. */
export type Say = (thing: keyof Console, value?: string) => string | undefined

/** Speaks of the console of a provider, in whole sentences. */
export function voiceOf(provider: Provider): Say {
  if (provider === 'custom') return () => undefined
  const theirs: Console = consoles[provider]
  return (thing, value = '') => {
    const words = thing === 'recipient' ? (theirs.recipient ?? theirs.acs) : theirs[thing]
    if (words === undefined) return undefined
    return typeof words === 'string' ? `In ${providers[provider]}, ${words}${value}.` : words.lacks
  }
}
