import { randomBytes } from 'node:crypto'
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
