// Ten ways in which a response can be wrong: mistakes that happen and attacks that were made. Each says what it shows and
// changes a good response at one of three points: what it states, who signs it, or its text after it was signed.

import { type Facts, text, writeAssertion } from './assertion.ts'

/** A wrong response: its name on the page, what it shows, and how it differs from a good one. */
export interface Misdeed {
  label: string
  shows: string
  /** Changes what is stated; the result is then signed in good faith. */
  facts?: (facts: Facts) => Facts
  /** Who signs instead of the identity provider. */
  signedBy?: 'stranger' | 'nobody'
  /** Changes the text of the message after it was signed. */
  message?: (xml: string, facts: Facts) => string
}

const elsewhere = 'https://another-service.example/saml'
const hour = 3_600_000
const suffix = '.evil.example'

/** The table of misdeeds, by name. */
export const misdeeds = {
  expired_assertion: {
    label: 'Expired assertion',
    shows: 'Signed properly, but its time ran out an hour ago.',
    facts: facts => ({
      ...facts,
      issueInstant: earlier(facts.issueInstant),
      notBefore: earlier(facts.notBefore),
      notOnOrAfter: earlier(facts.notOnOrAfter),
    }),
  },
  wrong_audience: {
    label: 'Meant for another service',
    shows: 'The audience is a different service, which passes the assertion on to us.',
    facts: facts => ({ ...facts, audience: `${elsewhere}/metadata` }),
  },
  wrong_recipient: {
    label: 'Meant for another address',
    shows: 'The person may be confirmed only at the address of a different service.',
    facts: facts => ({ ...facts, recipient: `${elsewhere}/acs` }),
  },
  another_request: {
    label: 'Answer to another request',
    shows: 'It answers a login that never began in this browser.',
    facts: facts => ({ ...facts, inResponseTo: `${facts.inResponseTo}-other` }),
  },
  stranger_key: {
    label: 'Signed by a stranger',
    shows: 'The signature is flawless and brings its own certificate, but nobody trusts that key.',
    signedBy: 'stranger',
  },
  not_signed: {
    label: 'Not signed at all',
    shows: 'Everything is right except that nobody vouches for it.',
    signedBy: 'nobody',
  },
  changed_after_signing: {
    label: 'Changed after signing',
    shows: 'Once the signature is made, the person becomes the head of the company.',
    message: (xml, facts) => xml.replaceAll(text(facts.nameId), () => text(head(facts))),
  },
  forged_first: {
    label: 'Two assertions, the forged one first',
    shows: 'Signature wrapping: the second assertion is real and signed, the first is neither.',
    message: (xml, facts) => xml.replace('<saml:Assertion ', () => `${forged(facts)}<saml:Assertion `),
  },
  comment_in_name: {
    label: 'A comment inside the name',
    shows: 'The name goes on after a comment, where some XML readers stop and see somebody else.',
    facts: facts => ({ ...facts, nameId: `${facts.nameId}${suffix}` }),
    message: xml => xml.replace(`${suffix}</saml:NameID>`, `<!-- -->${suffix}</saml:NameID>`),
  },
  doctype_entity: {
    label: 'A DOCTYPE with an entity',
    shows: 'The name is an entity that the message defines itself, as in attacks that read files.',
    message: (xml, facts) => {
      const named = xml.replace(`>${text(facts.nameId)}</saml:NameID>`, '>&person;</saml:NameID>')
      return `<!DOCTYPE samlp:Response [<!ENTITY person "${facts.nameId}">]>${named}`
    },
  },
} as const satisfies Record<string, Misdeed>

/** The name of a misdeed. */
export type MisdeedName = keyof typeof misdeeds

/** Is this the name of a misdeed? */
export function isMisdeed(name: string): name is MisdeedName {
  return Object.hasOwn(misdeeds, name)
}

/** Every misdeed with its name, in the order of the table. */
export function allMisdeeds(): [MisdeedName, Misdeed][] {
  return Object.keys(misdeeds)
    .filter(isMisdeed)
    .map(name => [name, misdeeds[name]])
}

function earlier(date: Date): Date {
  return new Date(date.getTime() - hour)
}

/** Somebody with more rights at the same company. */
function head(facts: Facts): string {
  return facts.nameId.replace(/^[^@]*/, 'ceo')
}

function forged(facts: Facts): string {
  const name = head(facts)
  return writeAssertion({
    ...facts,
    assertionId: `${facts.assertionId}-forged`,
    nameId: name,
    attributes: { ...facts.attributes, email: [name] },
  })
}
