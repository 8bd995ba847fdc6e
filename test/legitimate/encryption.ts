// Encrypted assertions as providers send them.

import { randomBytes } from 'node:crypto'
import type { Scene } from '../support/attack.ts'
import { type Encryption, encryptAssertion, encryptedKey, usual } from '../support/encryption.ts'
import type { Parts } from '../support/idp.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { type Change, change, changes } from '../support/rewrite.ts'
import { rsaPair } from '../support/rsa.ts'

const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
const otherKey = rsaPair()

interface Choices {
  how?: Partial<Encryption>
  sign?: Parts['sign']
  /** Changes the assertion before it is encrypted, and the EncryptedAssertion afterwards. */
  before?: Change
  after?: Change
}

const same: Change = xml => xml

const encrypted =
  ({ how, sign = 'assertion', before = same, after = same }: Choices = {}) =>
  ({ ours, assertion, response }: Scene) =>
    response({ sign }, after(encryptAssertion(before(assertion({ sign })), ours.publicKey, { ...usual, ...how })))

const gcm = [128, 192, 256].map(
  (bits): Legitimate => ({
    sentence: `AES-${bits}-GCM around a signed Assertion`,
    response: encrypted({ how: { data: `${xenc11}aes${bits}-gcm` } }),
  }),
)

const cbc = [128, 192, 256].map(
  (bits): Legitimate => ({
    sentence: `AES-${bits}-CBC under a signed Response`,
    response: encrypted({ how: { data: `${xenc}aes${bits}-cbc` }, sign: 'response' }),
  }),
)

const oaep: [string, Partial<Encryption>][] = [
  ['rsa-oaep-mgf1p without a digest', { digest: null }],
  ['rsa-oaep-mgf1p with SHA-1, stated', { digest: 'sha1' }],
  ['rsa-oaep-mgf1p with SHA-256', { digest: 'sha256' }],
  ['xmlenc11 rsa-oaep with nothing stated', { transport: `${xenc11}rsa-oaep` }],
  ['xmlenc11 rsa-oaep with SHA-256 and no mask', { transport: `${xenc11}rsa-oaep`, digest: 'sha256' }],
  ['xmlenc11 rsa-oaep with SHA-256 and MGF1-SHA-1', { transport: `${xenc11}rsa-oaep`, digest: 'sha256', mgf: 'sha1' }],
  ['xmlenc11 rsa-oaep with SHA-256 twice', { transport: `${xenc11}rsa-oaep`, digest: 'sha256', mgf: 'sha256' }],
  ['xmlenc11 rsa-oaep with SHA-512 twice', { transport: `${xenc11}rsa-oaep`, digest: 'sha512', mgf: 'sha512' }],
]

const forAnother = encryptedKey(randomBytes(32), otherKey.publicKey, usual).replace('"_ek"', '"_for_another"')
const certificate = '<ds:X509Data><ds:X509SubjectName>CN=sp</ds:X509SubjectName></ds:X509Data>'

export const cases: readonly Legitimate[] = [
  ...gcm,
  ...cbc,
  ...oaep.map(
    ([name, how]): Legitimate => ({ sentence: `the key is wrapped by ${name}`, response: encrypted({ how }) }),
  ),
  { sentence: 'the Response around an encrypted Assertion is signed', response: encrypted({ sign: 'response' }) },
  { sentence: 'an encrypted Assertion and the Response are both signed', response: encrypted({ sign: 'both' }) },
  {
    sentence: 'an encrypted Assertion where encryption is wanted',
    response: encrypted(),
    expected: { requireEncrypted: true },
  },
  {
    sentence: 'AES-CBC without a signed Response, while the connection still allows it',
    response: encrypted({ how: { data: `${xenc}aes256-cbc` } }),
    trust: () => ({ allowCbcUnsigned: true }),
  },
  {
    sentence: 'the key stands beside the data and is found through a RetrievalMethod, as Okta does',
    response: encrypted({ how: { place: 'sibling' }, sign: 'both' }),
  },
  {
    sentence: 'the first of two keys is for another',
    response: encrypted({ after: change(/(?=<xenc:EncryptedKey)/, forAnother) }),
  },
  {
    sentence: 'the second of two keys is for another',
    response: encrypted({ after: change('</xenc:EncryptedKey>', `</xenc:EncryptedKey>${forAnother}`), sign: 'both' }),
  },
  {
    sentence: 'it is encrypted for our old key, which is tried second',
    response: encrypted(),
    trust: ({ ours }) => ({ decryptionKeys: [otherKey.privateKey, ours.privateKey] }),
  },
  {
    sentence: 'the key names its recipient and its certificate, and points to the data',
    response: encrypted({
      after: changes(
        change(
          '<xenc:EncryptedKey Id="_ek">',
          '<xenc:EncryptedKey Id="_ek" Recipient="https://sso.example/saml/c1/metadata">',
        ),
        change(
          /(?<=<\/xenc:EncryptionMethod>)(?=<xenc:CipherData><xenc:CipherValue>[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedKey>)/,
          `<ds:KeyInfo>${certificate}</ds:KeyInfo>`,
        ),
        change(
          '</xenc:EncryptedKey>',
          '<xenc:ReferenceList><xenc:DataReference URI="#_ed"></xenc:DataReference></xenc:ReferenceList></xenc:EncryptedKey>',
        ),
        change('<xenc:EncryptedData ', '<xenc:EncryptedData Id="_ed" '),
      ),
    }),
  },
  {
    sentence: 'the data has no Type and the method states a key size',
    response: encrypted({
      after: changes(
        change(` Type="${xenc}Element"`, ''),
        change(
          `aes256-gcm"></xenc:EncryptionMethod>`,
          `aes256-gcm"><xenc:KeySize>256</xenc:KeySize></xenc:EncryptionMethod>`,
        ),
      ),
    }),
  },
  {
    sentence: 'the cipher texts are in lines of 76 that end with &#13;',
    response: encrypted({ after: xml => xml.replaceAll(/(?<=CipherValue>)[^<]{9,}/g, lines) }),
  },
  {
    sentence: 'what was encrypted begins with an XML declaration',
    response: encrypted({ before: xml => `<?xml version="1.0" encoding="UTF-8"?>\n${xml}` }),
  },
  {
    sentence: 'what was encrypted is indented around the Assertion',
    response: encrypted({ before: xml => `\n  ${xml}\n` }),
  },
  {
    sentence:
      'what was encrypted uses a prefix that only the Response around it declares, as xmlseclibs and xmlsec write it',
    response: scene =>
      change(
        '<samlp:Response ',
        '<samlp:Response xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ',
      )(
        encrypted({
          before: change('<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', '<saml:Assertion'),
        })(scene),
      ),
  },
  {
    sentence: 'the NameID alone is encrypted, as an EncryptedID',
    response: ({ ours, response }) =>
      response({ sign: 'both', editAssertion: change(/<saml:NameID .*?<\/saml:NameID>/, encryptedId(ours.publicKey)) }),
  },
]

function lines(base64: string): string {
  return (base64.match(/.{1,76}/g) ?? []).join('&#13;\n')
}

const namespace = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
const encryptedId = (recipient: Scene['ours']['publicKey']) =>
  encryptAssertion(`<saml:NameID ${namespace}>alice</saml:NameID>`, recipient)
    .replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    .replace(` ${namespace}`, '')
