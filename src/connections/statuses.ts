// What a failure that the identity provider reports means: status codes (saml-core §3.2.2.2) and vendors' own codes in its
// message → the cause, and the move. Only the codes are read; what else the message says is never repeated here.

import type { Console, Say } from './consoles.ts'

/** A known failure: its cause, what to change on our side, and the thing to change in the provider's console. */
interface Failure {
  cause: string
  move?: string
  thing?: Exclude<keyof Console, 'recipient'>
  /** What to set the thing to, where its words leave that open. */
  value?: string
}

const ourAcsUrl = ' to this connection’s ACS URL, exactly'
const ourEntityId = ' to this connection’s entity ID, exactly'
const anyContext = 'Set requested_authn_context of this connection to an empty list.'
const anyName = 'Set nameid_format of this connection to null.'
const itsLog = 'Its own log says why: look there for the time of this attempt.'

const vendorCodes: Record<string, Failure> = {
  AADSTS700016: { cause: 'No application of that tenant has our entity ID.', thing: 'audience', value: ourEntityId },
  AADSTS650056: { cause: 'The application is set up for another entity ID.', thing: 'audience', value: ourEntityId },
  AADSTS50011: { cause: 'Our ACS URL is none of its reply URLs.', thing: 'acs', value: ourAcsUrl },
  AADSTS750054: { cause: 'No SAML request came to that address.', thing: 'signOnUrl' },
  AADSTS75008: { cause: 'The request went to an address that does not expect it.', thing: 'signOnUrl' },
  AADSTS75005: { cause: 'It did not understand the request.', move: `${anyName} ${anyContext}` },
  AADSTS75011: { cause: 'The person signed in by another method than we asked for.', move: anyContext },
  AADSTS75016: { cause: 'It does not know the NameID format that we ask for.', move: anyName },
  AADSTS75003: { cause: 'It answers by HTTP-POST only.', thing: 'acs', value: ourAcsUrl },
  AADSTS76021: { cause: 'It wants signed requests.', move: 'Set sign_requests of this connection to true.' },
  AADSTS50105: { cause: 'The person is not assigned to the application.', thing: 'people' },
  AADSTS50020: { cause: 'The account is of another directory and is no guest in this one.', thing: 'people' },
  AADSTS53003: { cause: 'A Conditional Access policy of the directory blocks this sign-in.', move: itsLog },
  MSIS7007: { cause: 'It knows no relying party trust with our entity ID.', thing: 'audience', value: ourEntityId },
  MSIS3200: { cause: 'The trust has no endpoint for our ACS URL.', thing: 'acs', value: ourAcsUrl },
  MSIS7070: { cause: 'It issues no NameID of the format that we ask for.', move: anyName, thing: 'nameId' },
  MSIS7102: { cause: 'It cannot sign people in by the method that we ask for.', move: anyContext },
}

const statusCodes: Record<string, Failure> = {
  AuthnFailed: { cause: 'It could not make sure who the person is.', move: itsLog, thing: 'people' },
  RequestDenied: { cause: 'It does not let this person in here.', thing: 'people' },
  UnknownPrincipal: { cause: 'It does not know the person.', thing: 'people' },
  InvalidAttrNameOrValue: { cause: 'It stumbled over an attribute.', thing: 'attributes' },
  InvalidNameIDPolicy: { cause: 'It issues no NameID of the format that we ask for.', move: anyName, thing: 'nameId' },
  NoAuthnContext: { cause: 'It cannot sign people in by the method that we ask for.', move: anyContext },
  NoPassive: {
    cause: 'It would have had to ask the person, and was told not to.',
    move: 'Begin again without prompt=none.',
  },
  RequestUnsupported: { cause: 'It does not support something that we ask for.', move: `${anyName} ${anyContext}` },
  UnsupportedBinding: { cause: 'It does not send responses by HTTP-POST to us.', thing: 'acs', value: ourAcsUrl },
  VersionMismatch: { cause: 'It does not speak SAML 2.0 here.', thing: 'signOnUrl' },
  Requester: { cause: 'It holds our request to be wrong.', thing: 'audience', value: ourEntityId },
  Responder: { cause: 'It failed on its own side.', move: itsLog },
}

/** The codes that a vendor writes into its failures, and that are explained here. */
export function vendorCodesOf(prefix: 'AADSTS' | 'MSIS'): string[] {
  return Object.keys(vendorCodes).filter(code => code.startsWith(prefix))
}

/** What a reported failure means and what to change; undefined for one that is not known. `received` is the check's text. */
export function explainStatus(received: string, say: Say): string | undefined {
  const failure = vendorFailure(received) ?? statusFailure(received)
  if (!failure) return undefined
  const { cause, move, thing, value } = failure
  return [cause, move, thing && say(thing, value)].filter(part => part !== undefined).join(' ')
}

function vendorFailure(received: string): Failure | undefined {
  const codes = received.match(/\b(AADSTS|MSIS)\d+/g) ?? []
  return known(vendorCodes, codes)
}

// The most exact code stands last: Requester, then what under it.
function statusFailure(received: string): Failure | undefined {
  const codes = [...received.matchAll(/urn:oasis:names:tc:SAML:2\.0:status:(\w+)/g)].map(([, code = '']) => code)
  return known(statusCodes, codes.reverse())
}

function known(table: Record<string, Failure>, codes: readonly string[]): Failure | undefined {
  const code = codes.find(one => Object.hasOwn(table, one))
  return code === undefined ? undefined : table[code]
}
