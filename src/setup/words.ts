// The console's own words for the values that go from one side to the other, as sentences for its admin. The one place that knows
// where they come from.

import { consoles } from '../connections/consoles.ts'
import { type Provider, providers } from '../connections/provider.ts'

/** Where each value stands in a console; terms of the console stand between asterisks. Undefined where the console is not known. */
export interface ConsoleWords {
  title: string
  acs: string | undefined
  entityId: string | undefined
  signOnUrl: string | undefined
  issuer: string | undefined
  certificate: string | undefined
  attributes: string | undefined
  people: string | undefined
}

/** The words of a provider's console. */
export function wordsOf(provider: Provider | undefined): ConsoleWords {
  const title = providers[provider ?? 'custom']
  if (provider === undefined || provider === 'custom') return { title, ...unknown }
  const { acs, audience, signOnUrl, issuer, certificate, attributes, people } = consoles[provider]
  const say = (words: string, value = '') => `In ${title}, ${words}${value}.`
  return {
    title,
    acs: say(acs, ' to this'),
    entityId: say(audience, ' to this'),
    signOnUrl: say(copied(signOnUrl)),
    issuer: say(copied(issuer)),
    certificate: say(copied(certificate)),
    attributes: say(attributes),
    people: typeof people === 'string' ? say(people) : people.lacks,
  }
}

const unknown = {
  ...{ acs: undefined, entityId: undefined, signOnUrl: undefined, issuer: undefined },
  ...{ certificate: undefined, attributes: undefined, people: undefined },
}

// Where an operator is told to put it does not concern whoever copies it.
function copied(words: string): string {
  return words
    .replace(
      / (into this connection’s (issuer, exactly as it stands there|sign_on_url)|and add it to this connection’s certificates)/,
      '',
    )
    .replace(/,$/, '')
}
