// Steps and sentences that several guides have in common, and those that are made of the words that explain refusals.

import { type Console, consoles, type Words } from '../connections/consoles.ts'
import type { Provider } from '../connections/provider.ts'
import type { Fix, Given, Sent, Step } from './guide.ts'

type Known = Exclude<Provider, 'custom'>

/** The words of a console as a sentence of their own; `value` says what to set, where that is left open. */
export function sentence(words: Words, value = ''): string {
  if (typeof words !== 'string') return words.lacks
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${value}.`
}

/** The step that lets people in, as this console does it. */
export function letPeopleIn(provider: Known): Step {
  return { title: 'Let people in', text: sentence(consoles[provider].people) }
}

/** The attributes that most consoles send under names of the admin's own choice; `froms` are their values. */
export function usualAttributes(froms: { email: string; given: string; family: string; groups?: string }): Sent[] {
  return [
    { from: froms.email, name: 'email', claim: 'email' },
    { from: froms.given, name: 'firstName', claim: 'given_name' },
    { from: froms.family, name: 'lastName', claim: 'family_name' },
    ...(froms.groups === undefined ? [] : [{ from: froms.groups, name: 'groups', claim: 'groups' }]),
  ]
}

/** The three values that a connection can be made of; `names` are what the console calls them. */
export function three(names: { signOnUrl: string; issuer: string; certificate: string }): Given[] {
  return [
    { theirs: names.signOnUrl, ours: 'sign_on_url' },
    { theirs: names.issuer, ours: 'issuer' },
    { theirs: names.certificate, ours: 'certificates' },
  ]
}

/** A name that is an e-mail address, said once for every guide that has no better one. */
export const namedByEmail =
  'The e-mail address. Somebody whose address changes is somebody else to us: where that matters, send an attribute' +
  ' that stays the same and name it as the `subject` of this connection, before the first sign-in.'

/** What to do here about a new certificate that somebody there switches to by hand. */
export const addBefore =
  'Add the new certificate to this connection before it signs there; remove the old one when nothing is signed by it any more.'

/** What to do about it where the connection has a metadata address. */
export const metadataBrings =
  'Where this connection has the metadata URL, the new certificate is found there; otherwise add it here before it signs.'

/** Where a setting is in an application that is there already, each in the console’s words. */
export function whereThingsAre(provider: Known): Fix[] {
  const theirs: Console = consoles[provider]
  const things: [string, string][] = [
    ['ACS URL', sentence(theirs.acs, ' to our ACS URL')],
    ['Entity ID', sentence(theirs.audience, ' to our entity ID')],
    ['NameID', sentence(theirs.nameId)],
    ['Attributes', sentence(theirs.attributes)],
    ['What is signed', sentence(theirs.signAssertion)],
    ['Signed by SHA-256', sentence(theirs.algorithm)],
    ['Encryption, if you want it', sentence(theirs.encryption)],
    ['A tile in the provider’s portal', sentence(theirs.unsolicited)],
  ]
  return things.map(([problem, fix]) => ({ problem, fix }))
}
