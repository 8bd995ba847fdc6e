// Tries the verifier: a token a line on stdin, an answer a line on stdout. Not to copy.

import { createInterface } from 'node:readline'
import { openVerifier } from './verifier.mjs'

const { ASSAY_ISSUER, ASSAY_AUDIENCE, ASSAY_COOLDOWN = 30, ASSAY_FEED_EVERY = 5 } = process.env
const verify = openVerifier({
  issuer: ASSAY_ISSUER,
  audience: ASSAY_AUDIENCE,
  cooldown: Number(ASSAY_COOLDOWN),
  feedEvery: Number(ASSAY_FEED_EVERY),
})

for await (const token of createInterface({ input: process.stdin })) {
  try {
    console.log(`ok ${(await verify(token)).sub}`)
  } catch ({ code, message }) {
    console.log(`${code} ${message}`.replaceAll('\n', ' '))
  }
}
