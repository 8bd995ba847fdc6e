// An identity provider's metadata (saml-metadata §2.4.3) → the facts that a connection keeps. Nothing else of it is trusted;
// its own signature is not judged: an operator pasted it, or it came over TLS from the address that the operator named.

import { Problem } from '../problem.ts'
import { lexicalGate, metadataLimits } from './lexical.ts'
import { bindings, ns } from './names.ts'
import { parseDuration, parseTime } from './time.ts'
import {
  attribute,
  childNamed,
  children,
  childrenNamed,
  descendants,
  isNamed,
  text,
  withXml,
  type XmlElement,
} from './xml.ts'

/** What a connection takes from metadata. Certificates are base64 as found; URLs as found. */
export interface IdpMetadata {
  issuer: string
  signOnUrl: string
  signOnBinding: 'redirect' | 'post'
  logout: LogoutService | undefined
  certificates: string[]
  /** Until when the document holds, milliseconds; undefined: it does not say; NaN: what it says is no time. */
  validUntil: number | undefined
  /** How long its author wants it kept before it is asked for again, milliseconds. */
  cacheDuration: number | undefined
}

/** What is wanted of a document: the bindings, and of several providers the one of this name. */
export interface Wanted {
  signOn?: Binding | undefined
  logout?: Binding | undefined
  entityId?: string | undefined
}

/** Where messages of single logout go; `responseUrl` is where responses go, if elsewhere (ResponseLocation). */
export interface LogoutService {
  url: string
  responseUrl: string | undefined
  binding: Binding
}

type Binding = 'redirect' | 'post'

/**
 * Reads the one identity provider of a metadata document, or the one that is wanted of several, at the addresses of the bindings
 * that are wanted where it has those. Throws `invalid_request` naming what it lacks, `xml_forbidden`, `xml_limits`, `xml_malformed`.
 */
export function readIdpMetadata(xml: string, wanted: Wanted = {}): IdpMetadata {
  return withXml(lexicalGate(withoutComments(xml.trim()), metadataLimits), root => {
    const entity = theEntity(entities(root), wanted.entityId)
    const role = childNamed(entity, ns.md, 'IDPSSODescriptor')!
    const services = childrenNamed(role, ns.md, 'SingleSignOnService')
    const service = wantedOf(services, wanted.signOn)
    if (!service) throw lacking('no SingleSignOnService for HTTP-Redirect or HTTP-POST')
    const certificates = childrenNamed(role, ns.md, 'KeyDescriptor').filter(signs).flatMap(certificatesIn)
    if (certificates.length === 0) throw lacking('no signing certificate')
    const logout = wantedOf(childrenNamed(role, ns.md, 'SingleLogoutService'), wanted.logout)
    return {
      issuer: entityIdOf(entity),
      signOnUrl: attribute(service, 'Location')?.trim() ?? '',
      signOnBinding: bindingOf(service),
      logout: logout && readLogoutService(logout),
      certificates: [...new Set(certificates)],
      validUntil: least(stated(role, 'validUntil').map(parseTime)),
      cacheDuration: least(stated(role, 'cacheDuration').map(parseDuration)),
    }
  })
}

// Unlike a Response, a metadata file may hold comments: consoles put their vendor's name there. Nothing of it is signed for us.
function withoutComments(xml: string): string {
  const kept: string[] = []
  for (let at = 0; ; ) {
    const start = xml.indexOf('<!--', at)
    const end = start === -1 ? -1 : xml.indexOf('-->', start + 4)
    if (end === -1) return kept.concat(xml.slice(at)).join('')
    kept.push(xml.slice(at, start))
    at = end + 3
  }
}

// EntityDescriptors stand alone or in EntitiesDescriptors, which may stand in each other (saml-metadata §2.3.1).
function entities(root: XmlElement): XmlElement[] {
  if (isNamed(root, ns.md, 'EntitiesDescriptor')) return children(root).flatMap(entities)
  return isNamed(root, ns.md, 'EntityDescriptor') && childNamed(root, ns.md, 'IDPSSODescriptor') ? [root] : []
}

function theEntity(found: readonly XmlElement[], wanted: string | undefined): XmlElement {
  const [first] = found
  if (!first) throw lacking('no EntityDescriptor with an IDPSSODescriptor: is this a service provider’s metadata?')
  const [entity, ...others] = wanted === undefined ? found : found.filter(one => entityIdOf(one) === wanted)
  if (!entity) throw lacking(`${entityIdOf(first).slice(0, 200)} and not ${wanted}: a connection keeps its issuer`)
  if (others.length > 0) throw lacking('several identity providers: give the metadata of one, or its issuer')
  return entity
}

function entityIdOf(entity: XmlElement): string {
  return attribute(entity, 'entityID')?.trim() ?? ''
}

// What an element and those around it say: each bounds what is inside.
function stated(element: XmlElement, name: string): string[] {
  const found: string[] = []
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    const value = attribute(at, name)
    if (value !== undefined) found.push(value)
  }
  return found
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values)
}

// The service of the wanted binding, or of the other of the two.
function wantedOf(services: readonly XmlElement[], binding: Binding = 'redirect'): XmlElement | undefined {
  const able = services.filter(one => Object.values<string>(bindings).includes(attribute(one, 'Binding') ?? ''))
  return able.find(one => bindingOf(one) === binding) ?? able[0]
}

function bindingOf(service: XmlElement): Binding {
  return attribute(service, 'Binding') === bindings.redirect ? 'redirect' : 'post'
}

function readLogoutService(service: XmlElement): LogoutService {
  const url = attribute(service, 'Location')?.trim() ?? ''
  const responseUrl = attribute(service, 'ResponseLocation')?.trim()
  return { url, responseUrl: responseUrl === url ? undefined : responseUrl, binding: bindingOf(service) }
}

// No `use` means both uses (saml-metadata §2.4.1.1).
function signs(descriptor: XmlElement): boolean {
  return (attribute(descriptor, 'use') ?? 'signing') === 'signing'
}

function certificatesIn(descriptor: XmlElement): string[] {
  const found = [...descendants(descriptor)].filter(element => isNamed(element, ns.ds, 'X509Certificate'))
  return found.map(element => text(element).replace(/\s+/g, ''))
}

function lacking(what: string): Problem {
  return new Problem('invalid_request', { mistakes: [{ field: 'metadata_xml', message: `It holds ${what}.` }] })
}
