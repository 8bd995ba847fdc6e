import { createHash } from 'node:crypto'

/** Whether a verifier (RFC 7636 §4.1: 43 to 128 characters) is the one of a challenge; without a challenge there must be none. */
export function provesChallenge(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null || verifier === undefined) return challenge === null && verifier === undefined
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}
