// An identity provider's metadata (saml-metadata §2.4.3) → the facts that a connection keeps. Nothing else of it is trusted;
// its own signature is not judged here: an operator pasted it, or it came over TLS from the address that the operator named.

import { Problem } from '../problem.ts'
import { lexicalGate } from './lexical.ts'
import { bindings, ns } from './names.ts'
import { attribute, childNamed, childrenNamed, descendants, isNamed, text, withXml, type XmlElement } from './xml.ts'

/** What a connection takes from metadata. Certificates are base64 as found; URLs as found. */
export interface IdpMetadata {
  issuer: string
  signOnUrl: string
  signOnBinding: 'redirect' | 'post'
  logout: LogoutService | undefined
  certificates: string[]
}

/** Where messages of single logout go; `responseUrl` is where responses go, if elsewhere (ResponseLocation). */
export interface LogoutService {
  url: string
  responseUrl: string | undefined
  binding: Binding
}

type Binding = 'redirect' | 'post'

/**
 * Reads the one identity provider of a metadata document, at the addresses of the bindings that are wanted where it has those. Throws
 * `invalid_request` naming what it lacks.
 */
export function readIdpMetadata(
  xml: string,
  wanted: { signOn?: Binding | undefined; logout?: Binding | undefined } = {},
): IdpMetadata {
  return withXml(lexicalGate(withoutComments(xml)), root => {
    const [entity, ...others] = entities(root)
    if (!entity) throw lacking('no EntityDescriptor with an IDPSSODescriptor: is this a service provider’s metadata?')
    if (others.length > 0) throw lacking('several identity providers: give the metadata of one')
    const role = childNamed(entity, ns.md, 'IDPSSODescriptor')!
    const services = childrenNamed(role, ns.md, 'SingleSignOnService')
    const service = wantedOf(services, wanted.signOn)
    if (!service) throw lacking('no SingleSignOnService for HTTP-Redirect or HTTP-POST')
    const certificates = childrenNamed(role, ns.md, 'KeyDescriptor').filter(signs).flatMap(certificatesIn)
    if (certificates.length === 0) throw lacking('no signing certificate')
    const logout = wantedOf(childrenNamed(role, ns.md, 'SingleLogoutService'), wanted.logout)
    return {
      issuer: attribute(entity, 'entityID')?.trim() ?? '',
      signOnUrl: attribute(service, 'Location')?.trim() ?? '',
      signOnBinding: bindingOf(service),
      logout: logout && readLogoutService(logout),
      certificates: [...new Set(certificates)],
    }
  })
}

// Unlike a Response, a metadata file may hold comments: consoles put their vendor's name there. Nothing of it is signed for us.
function withoutComments(xml: string): string {
  return xml.trim().replace(/<!--[\s\S]*?-->/g, '')
}

function entities(root: XmlElement): XmlElement[] {
  const all = isNamed(root, ns.md, 'EntityDescriptor') ? [root] : childrenNamed(root, ns.md, 'EntityDescriptor')
  return all.filter(entity => childNamed(entity, ns.md, 'IDPSSODescriptor'))
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
