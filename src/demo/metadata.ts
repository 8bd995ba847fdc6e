// The demo's identity providers as the service sees them from outside: their addresses and their metadata.

import { attribute, emailFormat } from './assertion.ts'
import { demoSigner, type KeyDeps } from './keys.ts'
import type { TenantId } from './people.ts'

/** The entity ID of a company's identity provider, which is also where its metadata is. */
export function idpEntityId(publicUrl: string, tenant: TenantId): string {
  return `${publicUrl}/demo/idp/${tenant}/metadata`
}

/** Where a company's identity provider takes AuthnRequests, by HTTP-Redirect and HTTP-POST. */
export function idpSignOnUrl(publicUrl: string, tenant: TenantId): string {
  return `${publicUrl}/demo/idp/${tenant}/sso`
}

/** The IdP metadata of a company of the demo (`application/samlmetadata+xml`, Metadata §2.4.3); makes its key at first use. */
export async function demoIdpMetadata(deps: KeyDeps & { publicUrl: string }, tenant: TenantId): Promise<string> {
  const { certificate } = await demoSigner(deps, tenant)
  const location = attribute(idpSignOnUrl(deps.publicUrl, tenant))
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${attribute(idpEntityId(deps.publicUrl, tenant))}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>${emailFormat}</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${location}"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${location}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`
}
