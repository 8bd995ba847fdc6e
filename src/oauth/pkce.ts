// Proof Key for Code Exchange (RFC 7636), S256 alone.

import { createHash } from 'node:crypto'

/** The challenge of a verifier (RFC 7636 §4.1: 43 to 128 characters), null without one; what is no verifier gives what is no challenge. */
export function challengeOf(verifier: string | undefined): string | null {
  if (verifier === undefined) return null
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? createHash('sha256').update(verifier).digest('base64url') : ''
}

/** Whether a verifier is the one of a challenge; without a challenge there must be none. */
export function provesChallenge(challenge: string | null, verifier: string | undefined): boolean {
  return challenge !== '' && challengeOf(verifier) === challenge
}
