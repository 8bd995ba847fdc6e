// Who is measured: ours with one and with two verifiers, and three libraries that do the same job, each told everything that it can check.
// All begin with the posted text and end with the person's attributes, or throw.

import { X509Certificate } from 'node:crypto'
import { decodeMessage } from '../../src/logins/message.ts'
import { Problem } from '../../src/problem.ts'
import { openInquiry } from '../../src/saml/inquiry.ts'
import { judge, verdict } from '../../src/saml/judge.ts'
import type { TrustedKey } from '../../src/saml/proof.ts'
import { examine, type Tools } from '../../src/saml/response.ts'
import type { Expected } from '../../src/saml/rule.ts'
import { samlifyOpinion } from '../../src/saml/second-opinion.ts'
import type { TestIdp } from '../support/idp.ts'
import { schema } from '../support/schema.ts'
import type { Scene, Signing } from './messages.ts'
import type { Peers } from './peers.ts'

/** Takes a posted message (base64) to its end; throws, or rejects, when it is refused. */
export type Verify = (message: string) => unknown

/** One that is measured. */
export interface Contestant {
  name: string
  verify: Verify
}

/** All contestants, ready for a response of one form; ours first. */
export function contestants(scene: Scene, signing: Signing, peers: Peers): Contestant[] {
  return [
    { name: 'Assay, strict verifier alone', verify: ours(scene, signing, [scene.idp], undefined) },
    { name: 'Assay, with second opinion', verify: ours(scene, signing, [scene.idp], samlifyOpinion) },
    { name: 'samlify', verify: samlify(scene, signing, peers.samlify) },
    { name: '@node-saml/node-saml', verify: nodeSaml(scene, signing, peers.nodeSaml) },
    { name: '@boxyhq/saml20', verify: saml20(scene, peers.saml20) },
  ]
}

/** Ours, from the posted text to the last rule, trusting the certificates of `idps`. */
export function ours(
  scene: Scene,
  signing: Expected['requireSigned'],
  idps: TestIdp[],
  opinion: Tools['opinion'],
): Verify {
  const trust = { keys: idps.map(trusted), decryptionKeys: [], allowSha1: false, allowCbcUnsigned: false }
  const expected: Expected = {
    issuer: scene.idp.issuer,
    spEntityId: scene.sp.entityId,
    acsUrls: [scene.sp.acsUrl],
    inResponseTo: scene.request,
    clockSkew: 180,
    requireSigned: signing,
    requireEncrypted: false,
    subject: null,
    requestedAuthnContext: [],
  }
  return message => {
    const inquiry = openInquiry()
    const examined = examine(decodeMessage(message), trust, { schema, opinion }, inquiry)
    const broken = verdict(judge(examined, expected, Date.now()))
    if (broken) throw new Problem(broken)
    return examined.assertion.attributes
  }
}

function trusted({ certificate, publicKey, bareCertificate }: TestIdp): TrustedKey {
  const sha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
  return { sha256, key: publicKey, certificate: bareCertificate }
}

function samlify(scene: Scene, signing: Signing, library: Peers['samlify']): Verify {
  // Its own schema validator starts a Java process a message; that is left out of its time.
  library.setSchemaValidator({ validate: () => Promise.resolve('accepted') })
  const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
  const sp = library.ServiceProvider({
    entityID: scene.sp.entityId,
    wantMessageSigned: signing !== 'assertion',
    assertionConsumerService: [{ Binding: binding, Location: scene.sp.acsUrl }],
  })
  const idp = library.IdentityProvider({
    entityID: scene.idp.issuer,
    signingCert: scene.idp.certificate,
    singleSignOnService: [{ Binding: binding, Location: 'https://idp.example/sso' }],
    singleLogoutService: [{ Binding: binding, Location: 'https://idp.example/slo' }],
  })
  return message => sp.parseLoginResponse(idp, 'post', { body: { SAMLResponse: message } })
}

function nodeSaml(scene: Scene, signing: Signing, { SAML }: Peers['nodeSaml']): Verify {
  const saml = new SAML({
    idpCert: scene.idp.certificate,
    issuer: scene.sp.entityId,
    idpIssuer: scene.idp.issuer,
    callbackUrl: scene.sp.acsUrl,
    audience: scene.sp.entityId,
    wantAuthnResponseSigned: signing !== 'assertion',
    wantAssertionsSigned: signing !== 'response',
  })
  return message => saml.validatePostResponseAsync({ SAMLResponse: message })
}

function saml20(scene: Scene, library: Peers['saml20']): Verify {
  const { bareCertificate: publicKey } = scene.idp
  const options = { publicKey, audience: scene.sp.entityId, inResponseTo: scene.request }
  return message => library.validate(Buffer.from(message, 'base64').toString(), options)
}
