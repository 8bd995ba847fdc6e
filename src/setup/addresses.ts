// Addresses and names that people take for the sign-on URL or the issuer, and are something else; and the move that mends it.

import type { SpAddresses } from '../connections/connection.ts'

/** Our side, and where in their console the right value stands (sentences; absent where the console is not known). */
export interface Surroundings {
  ours: SpAddresses
  publicUrl: string
  where: { signOnUrl?: string | undefined; issuer?: string | undefined; certificate?: string | undefined }
}

// Where a person begins at the identity provider, by the address that its console shows for that.
const idpInitiated: readonly RegExp[] = [
  /^https:\/\/[\w.-]+\.okta(preview|-emea)?\.com\/home\//,
  /^https:\/\/(launcher\.)?myapps\.microsoft\.com\//,
  /^https:\/\/account\.activedirectory\.windowsazure\.com\//,
  /^https:\/\/accounts\.google\.com\/o\/saml2\/initsso/,
  /^https:\/\/[\w.-]*pingone\.\w+\/.*\/saml20\/idp\/startsso/i,
  /\/idp\/startSSO\.ping/i,
  /\/adfs\/ls\/idpinitiatedsignon/i,
  /\/SSOService\.php\?.*\bspentityid=/i,
  /\/profile\/SAML2\/Unsolicited\/SSO/i,
  /\/protocol\/saml\/clients\//,
  /^https:\/\/[\w.-]+\.onelogin\.com\/(launch|client\/apps)\//,
  /^https:\/\/(console|sso)\.jumpcloud\.com\/(userconsole|#)/,
  /\/run\?.*\bappkey=/i,
]

const entraTenant = /^https:\/\/sts\.windows\.net\/[0-9a-f-]{36}$/i
const entraOpenId = /^https:\/\/login\.microsoftonline\.com\/([0-9a-f-]{36})\/v2\.0\/?$/i
const openId = /\/\.well-known\/|\/oauth2?\/|\/oidc\/|\/openid-connect\//i
const metadataLike = /federationmetadata\.xml|\/metadata(\.xml|\.php)?([/?]|$)|\/descriptor$|\.xml([?]|$)/i
const names = [/^https:\/\/sts\.windows\.net\//i, /^http:\/\/www\.okta\.com\//i, /^urn:/i]

const found = (sentence: string | undefined): string => (sentence === undefined ? '' : ` ${sentence}`)

/** What is wrong with a sign-on URL, and the move; undefined where nothing is known to be. */
export function wrongSignOnUrl(text: string, { ours, publicUrl, where }: Surroundings): string | undefined {
  const there = found(where.signOnUrl)
  if (isOurs(text, ours, publicUrl))
    return `This is our own address: it goes into your identity provider, as on the page before. Here we need the address at which your people sign in there.${there}`
  if (idpInitiated.some(form => form.test(text)))
    return `This link starts a sign-in at the identity provider, for its portal. It takes no request of ours, so everybody who begins here would be lost.${there || ' Copy the single sign-on URL (in metadata: SingleSignOnService) instead.'}`
  if (names.some(form => form.test(text)))
    return `This is a name, no address: it belongs into Issuer.${there || ' Copy the address at which people sign in.'}`
  if (openId.test(text)) return `This is an address of OpenID Connect. This connection speaks SAML.${there}`
  if (metadataLike.test(text) && !/SSOService|\/sso\b/i.test(text))
    return `This is where the metadata is, not where people sign in. Give it as Metadata URL above, or open it and save the file.${there}`
  if (!/^https?:\/\/[^\s/]+/i.test(text) || !URL.canParse(text))
    return `This is no web address: it begins with https://.${there}`
  return undefined
}

/** What is wrong with an issuer, and the move; undefined where nothing is known to be. */
export function wrongIssuer(text: string, { ours, publicUrl, where }: Surroundings): string | undefined {
  const there = found(where.issuer)
  if (isOurs(text, ours, publicUrl))
    return `This is our own name: it goes into your identity provider, as on the page before. Here we need the name that it calls itself.${there}`
  const tenant = entraOpenId.exec(text)?.[1]
  if (tenant !== undefined)
    return `This is the issuer for OpenID Connect. For SAML, Microsoft Entra ID calls itself https://sts.windows.net/${tenant}/ with a slash at its end.${there}`
  if (/\/saml2\/?$/i.test(text) && /^https:\/\/login\.microsoftonline\.com\//i.test(text))
    return `This is the address at which people sign in: it belongs into Sign on URL.${there}`
  if (idpInitiated.some(form => form.test(text)))
    return `This is a link to start with, no name.${there || ' Copy the entity ID of the identity provider.'}`
  if (/\s/.test(text)) return `An issuer has no spaces: is there something else on the clipboard?${there}`
  return undefined
}

/** The issuer as it is meant: Entra ID's ends with a slash, which gets lost in copying. */
export function mendedIssuer(text: string): { issuer: string; notice?: string } {
  if (!entraTenant.test(text)) return { issuer: text }
  return {
    issuer: `${text}/`,
    notice: 'The Microsoft Entra Identifier ends with a slash; it was missing, so we added it.',
  }
}

/** What is wrong with a metadata URL, and the move; undefined where nothing is known to be. */
export function wrongMetadataUrl(text: string, { ours, publicUrl }: Surroundings): string | undefined {
  if (isOurs(text, ours, publicUrl))
    return 'This is our own metadata: it goes into your identity provider. Here we need the address of the metadata that it publishes.'
  if (/\.well-known\/openid-configuration/i.test(text))
    return 'This describes OpenID Connect. Look for the metadata of SAML: its content begins with EntityDescriptor.'
  if (
    /federationmetadata\.xml(\?|$)/i.test(text) &&
    /^https:\/\/login\.microsoftonline\.com\//i.test(text) &&
    !/[?&]appid=/i.test(text)
  )
    return 'This is the metadata of the whole directory, which names other certificates than the application’s. In Microsoft Entra ID, open *Enterprise apps* > the application > *Single sign-on* > *SAML Certificates* and copy *App Federation Metadata Url*; it ends with appid= and a number.'
  if (!/^https?:\/\/[^\s/]+/i.test(text) || !URL.canParse(text))
    return 'This is no web address: it begins with https://.'
  return undefined
}

function isOurs(text: string, ours: SpAddresses, publicUrl: string): boolean {
  return Object.values<string>({ ...ours }).includes(text) || text.startsWith(`${publicUrl}/saml/`)
}
