// The messages of single logout that we send (saml-core §3.7): written whole, signed by whoever sends them (saml-bindings
// §3.4.4.1, §3.5.4). A name goes out exactly as it came in.

import type { NameID } from './assertion.ts'
import { escapeXml } from './escape.ts'
import { ns, success } from './names.ts'
import { formatTime } from './time.ts'

/** What every message of single logout says. `issuer` is our entity ID. */
export interface LogoutHeader {
  id: string
  issueInstant: number
  destination: string
  issuer: string
}

// How long an identity provider may take a request of ours.
const lifeMs = 300_000

/** A LogoutRequest for one session of one person; without a SessionIndex, for all that the person has there. */
export function logoutRequestXml(header: LogoutHeader, name: NameID, sessionIndexes: readonly string[]): string {
  const until = ` NotOnOrAfter="${formatTime(header.issueInstant + lifeMs)}"`
  const indexes = sessionIndexes.map(index => `<samlp:SessionIndex>${escapeXml(index)}</samlp:SessionIndex>`)
  return message('LogoutRequest', header, until, nameIdXml(name) + indexes.join(''))
}

/** The LogoutResponse that says that nobody of whom the request spoke is signed in here any more. */
export function logoutResponseXml(header: LogoutHeader, inResponseTo: string): string {
  const status = `<samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status>`
  return message('LogoutResponse', header, ` InResponseTo="${escapeXml(inResponseTo)}"`, status)
}

function message(element: string, header: LogoutHeader, more: string, content: string): string {
  const { id, issueInstant, destination, issuer } = header
  return (
    `<samlp:${element} xmlns:samlp="${ns.samlp}" xmlns:saml="${ns.saml}" ID="${escapeXml(id)}" Version="2.0"` +
    ` IssueInstant="${formatTime(issueInstant)}" Destination="${escapeXml(destination)}"${more}>` +
    `<saml:Issuer>${escapeXml(issuer)}</saml:Issuer>${content}</samlp:${element}>`
  )
}

function nameIdXml({ value, format, nameQualifier, spNameQualifier }: NameID): string {
  const given = { NameQualifier: nameQualifier, SPNameQualifier: spNameQualifier, Format: format }
  const attributes = Object.entries(given).map(([name, of]) => (of === undefined ? '' : ` ${name}="${escapeXml(of)}"`))
  return `<saml:NameID${attributes.join('')}>${escapeXml(value)}</saml:NameID>`
}
