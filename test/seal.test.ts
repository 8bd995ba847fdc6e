import { createCipheriv, randomBytes } from 'node:crypto'
import { test } from 'tap'
import { sealer } from '../src/seal.ts'

test('what is sealed opens under the same key and purpose, and no other', async t => {
  const key = randomBytes(32)
  const sealed = sealer(key).seal(Buffer.from('private'), 'signing-key:1')
  t.equal(sealer(key).open(sealed, 'signing-key:1').toString(), 'private')
  t.notOk(sealed.includes('private'))
  t.notSame(sealer(key).seal(Buffer.from('private'), 'signing-key:1'), sealed, 'never the same twice')
  t.throws(() => sealer(key).open(sealed, 'signing-key:2'))
  t.throws(() => sealer(randomBytes(32)).open(sealed, 'signing-key:1'))
  for (let at = 0; at < sealed.length; at += 1) {
    const spoiled = Buffer.from(sealed)
    spoiled[at] = (spoiled[at] ?? 0) ^ 1
    t.throws(() => sealer(key).open(spoiled, 'signing-key:1'), `byte ${at}`)
  }
  t.throws(() => sealer(key).open(sealed.subarray(0, 20), 'signing-key:1'))
})

test('other keys open and do not seal; what version 1 sealed, without the name of its key, opens too', async t => {
  const [old, key] = [randomBytes(32), randomBytes(32)]
  const sealed = sealer(old).seal(Buffer.from('private'), 'signing-key:1')
  t.equal(sealer(key, [old]).open(sealed, 'signing-key:1').toString(), 'private')
  t.throws(() => sealer(old).open(sealer(key, [old]).seal(Buffer.from('private'), 'a'), 'a'))
  const first = firstVersion(old, 'private', 'signing-key:1')
  for (const one of [sealer(old), sealer(old, [key]), sealer(key, [old])])
    t.equal(one.open(first, 'signing-key:1').toString(), 'private')
  t.throws(() => sealer(key).open(first, 'signing-key:1'))
  t.throws(() => sealer(old).open(first, 'signing-key:2'))
})

function firstVersion(key: Buffer, plain: string, context: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), ciphertext])
}
