import { createPublicKey, X509Certificate } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { demoSigner } from '../../src/demo/keys.ts'
import { demoIdpMetadata } from '../../src/demo/metadata.ts'
import { readIdpMetadata } from '../../src/saml/idp-metadata.ts'
import { keyDeps } from '../support/demo.ts'

test('a key is made once, even by several at the same time, and is for its owner’s eyes only', async t => {
  const deps = keyDeps(t.testdir())
  const signers = await Promise.all([demoSigner(deps, 'acme'), demoSigner(deps, 'acme'), demoSigner(deps, 'acme')])
  const again = await demoSigner(deps, 'acme')
  t.same(new Set(signers.map(signer => signer.certificate)), new Set([again.certificate]))
  t.same(await readdir(join(deps.dataDir, 'demo')), ['acme.pem'])
  t.equal((await stat(join(deps.dataDir, 'demo', 'acme.pem'))).mode & 0o777, 0o600)
})

test('a certificate belongs to its key, and every company has its own', async t => {
  const deps = keyDeps(t.testdir())
  const acme = await demoSigner(deps, 'acme')
  const globex = await demoSigner(deps, 'globex')
  const certificate = new X509Certificate(Buffer.from(acme.certificate, 'base64'))
  t.ok(certificate.publicKey.equals(createPublicKey(acme.key)))
  t.not(acme.certificate, globex.certificate)
})

test('the metadata names the identity provider, its address and its certificate', async t => {
  const deps = { ...keyDeps(t.testdir()), publicUrl: 'http://localhost:8080' }
  const read = readIdpMetadata(await demoIdpMetadata(deps, 'globex'))
  t.equal(read.issuer, 'http://localhost:8080/demo/idp/globex/metadata')
  t.equal(read.signOnUrl, 'http://localhost:8080/demo/idp/globex/sso')
  t.same(read.certificates, [(await demoSigner(deps, 'globex')).certificate])
})
