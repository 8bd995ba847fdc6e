// An identity provider out of command lines: openssl makes its keys, its messages are written as text, and xmlsec1 (a C library
// that shares no code with ours) signs and encrypts them where they stand.

import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, run } from '../support.ts'

/** A key pair in files: `path`.key and `path`.crt. */
export interface Key {
  path: string
  /** PEM. */
  certificate: string
}

/** How a Response is signed and encrypted; algorithms by their full names. */
export interface Style {
  signs: ('Response' | 'Assertion')[]
  signature: string
  digest: string
  canonicalization: string
  encryption?: { algorithm: string; bits: number; certificate: string }
}

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** The name in every assertion, and how it is written there: as somebody would write it who wants to be misread. */
export const name = 'Alïce <"&\'> 漢\tL'
const writtenName = `<![CDATA[Al]]>&#xef;ce &lt;&quot;&amp;'> &#28450;&#9;L`

/** Makes a key: RSA of 2048 bits, or EC on `curve`. */
export async function makeKey(folder: string, curve?: string): Promise<Key> {
  const path = join(folder, randomBytes(8).toString('hex'))
  const kind = curve ? ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`] : ['rsa:2048']
  const files = ['-keyout', `${path}.key`, '-out', `${path}.crt`]
  await run('openssl', ['req', '-x509', '-nodes', '-newkey', ...kind, '-subj', '/CN=idp', '-days', '9', ...files])
  return { path, certificate: await readFile(`${path}.crt`, 'utf8') }
}

/** A Response for Alice that answers `inResponseTo`. */
export async function signedResponse(key: Key, sp: Connection, inResponseTo: string, style: Style): Promise<string> {
  const file = `${key.path}.xml`
  await writeFile(file, responseXml(sp, inResponseTo, style))
  if (style.signs.includes('Assertion'))
    await sign(file, key, `//*[local-name()='Assertion']/*[local-name()='Signature']`)
  if (style.encryption) await encrypt(file, style.encryption)
  if (style.signs.includes('Response')) await sign(file, key, `/*/*[local-name()='Signature']`)
  return readFile(file, 'utf8')
}

async function sign(file: string, key: Key, xpath: string): Promise<void> {
  const ids = [`${samlp}:Response`, `${saml}:Assertion`].flatMap(element => ['--id-attr:ID', element])
  const keys = ['--privkey-pem', `${key.path}.key,${key.path}.crt`]
  await run('xmlsec1', ['--sign', ...keys, ...ids, '--node-xpath', xpath, '--output', file, file])
}

async function encrypt(
  file: string,
  { algorithm, bits, certificate }: NonNullable<Style['encryption']>,
): Promise<void> {
  const [template, recipient] = [`${file}.template`, `${file}.recipient`]
  await writeFile(template, encryptionTemplate(algorithm))
  await writeFile(recipient, certificate)
  const keys = ['--pubkey-cert-pem', recipient, '--session-key', `aes-${bits}`]
  const data = ['--xml-data', file, '--node-xpath', `//*[local-name()='Assertion']`]
  await run('xmlsec1', ['--encrypt', ...keys, ...data, '--output', file, template])
}

function responseXml({ issuer, sp }: Connection, inResponseTo: string, style: Style): string {
  const [id, assertionId] = [newId(), newId()]
  const [now, soon] = [instant(0), instant(120)]
  const template = (owner: 'Response' | 'Assertion', of: string) =>
    style.signs.includes(owner) ? signatureTemplate(style, of) : ''
  const assertion = `<saml:Assertion xmlns:saml="${saml}" ID='${assertionId}' Version="2.0" IssueInstant="${now}">
    <saml:Issuer>${issuer}</saml:Issuer>${template('Assertion', assertionId)}
    <saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">alice</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData Recipient="${sp.acs_url}" NotOnOrAfter="${soon}" InResponseTo="${inResponseTo}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotOnOrAfter="${soon}">
      <saml:AudienceRestriction><saml:Audience>${sp.entity_id}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="${now}">
      <saml:AuthnContext>
        <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
      </saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>
      <saml:Attribute Name="name"><saml:AttributeValue>${writtenName}</saml:AttributeValue></saml:Attribute>
    </saml:AttributeStatement>
  </saml:Assertion>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<samlp:Response xmlns:samlp="${samlp}" xmlns:saml="${saml}" xmlns:unused="urn:example:unused" ID="${id}" Version="2.0"
    IssueInstant="${now}" Destination="${sp.acs_url}" InResponseTo="${inResponseTo}">
  <saml:Issuer>${issuer}</saml:Issuer>${template('Response', id)}
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  ${style.encryption ? `<saml:EncryptedAssertion>${assertion}</saml:EncryptedAssertion>` : assertion}
</samlp:Response>
`
}

function signatureTemplate({ signature, digest, canonicalization }: Style, id: string): string {
  return `
  <ds:Signature xmlns:ds="${dsig}">
    <ds:SignedInfo>
      <ds:CanonicalizationMethod Algorithm="${canonicalization}"/>
      <ds:SignatureMethod Algorithm="${signature}"/>
      <ds:Reference URI="#${id}">
        <ds:Transforms>
          <ds:Transform Algorithm="${dsig}enveloped-signature"/>
          <ds:Transform Algorithm="${canonicalization}"/>
        </ds:Transforms>
        <ds:DigestMethod Algorithm="${digest}"/>
        <ds:DigestValue/>
      </ds:Reference>
    </ds:SignedInfo>
    <ds:SignatureValue/>
    <ds:KeyInfo><ds:X509Data/></ds:KeyInfo>
  </ds:Signature>`
}

function encryptionTemplate(algorithm: string): string {
  return `<xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element">
  <xenc:EncryptionMethod Algorithm="${algorithm}"/>
  <ds:KeyInfo xmlns:ds="${dsig}">
    <xenc:EncryptedKey>
      <xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"/>
      <xenc:CipherData><xenc:CipherValue/></xenc:CipherData>
    </xenc:EncryptedKey>
  </ds:KeyInfo>
  <xenc:CipherData><xenc:CipherValue/></xenc:CipherData>
</xenc:EncryptedData>`
}

function newId(): string {
  return `_${randomBytes(16).toString('hex')}`
}

function instant(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}
