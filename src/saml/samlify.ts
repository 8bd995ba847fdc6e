// The one importer of samlify and of its signature engine, xml-crypto: the second verifier, and the messages that we build.

import { createHash, type KeyObject, verify } from 'node:crypto'
import samlify from 'samlify'
import { SignedXml } from 'xml-crypto'
import { digestAlgorithms, rsaSha256, signatureAlgorithms } from './algorithms.ts'

const known = /#(rsa-sha1|rsa-sha256|rsa-sha512|sha256-rsa-MGF1)$/

/** Whether samlify itself knows a signature algorithm; the others go to its engine with the algorithm added. */
export function samlifyKnows(algorithm: string): boolean {
  return known.test(algorithm)
}

/**
 * Asks samlify to verify a Response, or the one Assertion in it, with one certificate (base64 DER). Answers what it holds to
 * be proved: the Assertion, or the Response where that holds an EncryptedAssertion; undefined when it does not agree.
 */
export function samlifyProves(response: string, certificate: string): string | undefined {
  const metadata = {
    xmlString: '',
    getMetadata: () => '',
    exportMetadata: () => undefined,
    getEntityID: () => '',
    getX509Certificate: () => certificate,
    getNameIDFormat: () => [],
    getSingleLogoutService: () => '',
    getSupportBindings: () => [],
  }
  const [verified, xml] = samlify.SamlLib.verifySignature(response, { metadata })
  return verified && xml !== null ? xml : undefined
}

/** Asks samlify's engine alone, for the algorithms that samlify lacks. Answers the one signed element in canonical form. */
export function engineProves(element: string, signature: string, certificate: string): string | undefined {
  const engine = new SignedXml({ publicCert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----` })
  engine.getCertFromKeyInfo = () => null
  for (const [identifier, { hash, options }] of signatureAlgorithms) {
    if (samlifyKnows(identifier)) continue
    engine.SignatureAlgorithms[identifier] = class {
      getAlgorithmName = () => identifier
      getSignature = () => {
        throw new Error('This engine verifies only.')
      }
      verifySignature = (material: string, key: Parameters<typeof verify>[2], value: string) =>
        verify(hash, Buffer.from(material), { key: key as string, ...options }, Buffer.from(value, 'base64'))
    }
  }
  for (const [identifier, hash] of digestAlgorithms) {
    engine.HashAlgorithms[identifier] = class {
      getAlgorithmName = () => identifier
      getHash = (xml: string) => createHash(hash).update(xml).digest('base64')
    }
  }
  engine.loadSignature(signature)
  return engine.checkSignature(element) ? engine.getSignedReferences()[0] : undefined
}

/** Fills a message template: values are escaped, and an attribute whose value is undefined is left out. */
export function fillTemplate(template: string, values: Record<string, string | undefined>): string {
  return samlify.SamlLib.replaceTagsByValue(template, values)
}

/**
 * Signs a whole message with RSA-SHA256, enveloped, exclusive c14n. The Signature follows the Issuer, as the protocol schema
 * wants it, or comes first where there is none (metadata).
 */
export function signMessage(
  xml: string,
  root: string,
  { privateKey, certificate }: { privateKey: KeyObject; certificate: string },
): string {
  const issuer = `/*[local-name(.)='${root}']/*[local-name(.)='Issuer']`
  const location = xml.includes(':Issuer>')
    ? { reference: issuer, action: 'after' as const }
    : { reference: `/*[local-name(.)='${root}']`, action: 'prepend' as const }
  return samlify.SamlLib.constructSAMLSignature({
    rawSamlMessage: xml,
    isMessageSigned: true,
    isBase64Output: false,
    signatureAlgorithm: rsaSha256,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signingCert: certificate,
    signatureConfig: { prefix: 'ds', location },
  })
}
