import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type Attack, scene } from '../../support/attack.ts'
import { trustIn } from '../../support/judging.ts'
import { revalue } from '../../support/tamper.ts'

const careless = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })
const trusted = trustIn(scene().idp).keys

export const attack: Attack = {
  misdeed:
    'under a trusted key of exponent 3 a cube root is forged whose power begins like a good padding (Bleichenbacher 2006)',
  code: 'signature_unknown_key',
  trust: { keys: [...trusted, { sha256: 'careless', key: careless.publicKey, certificate: '' }] },
  forge: ({ response }) => ({
    evil: response({ signature: { after: text => revalue(text, info => forged(info, careless.publicKey)) } }),
    control: response(),
  }),
}

const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

function forged(info: string, key: KeyObject): Buffer {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const hash = createHash('sha256').update(info).digest()
  const start = Buffer.concat([Buffer.from('0001ffffffffffffffffff00', 'hex'), digestInfo, hash])
  const wanted = BigInt(`0x${Buffer.concat([start, Buffer.alloc(size - start.length, 0xff)]).toString('hex')}`)
  return Buffer.from(
    cubeRoot(wanted)
      .toString(16)
      .padStart(size * 2, '0'),
    'hex',
  )
}

function cubeRoot(of: bigint): bigint {
  let low = 0n
  for (let bit = 1n << 700n; bit > 0n; bit >>= 1n) if ((low + bit) ** 3n <= of) low += bit
  return low
}
