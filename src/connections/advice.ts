// What to change, said in the words of the console in which it is changed: pure, from a check that failed and the provider of
// its connection. Verdicts and facts are never touched; where a console has no word for it, the general fix stays.

import type { ProblemCode } from '../problem.ts'
import { type Check, fixes } from '../saml/inquiry.ts'
import { none } from '../saml/rule.ts'
import { misnamed } from '../saml/stranger.ts'
import type { Connection } from './connection.ts'
import { type Say, voiceOf } from './consoles.ts'
import { explainStatus } from './statuses.ts'

const exactly = ' to the expected value, exactly'
const sha1 = /#(rsa-|dsa-)?sha1$/

/** The checks, each failed one with the fix that the connection's provider calls for. */
export function advise(checks: readonly Check[], { provider }: Pick<Connection, 'provider'>): Check[] {
  const say = voiceOf(provider)
  return checks.map(check => (check.verdict === 'fail' ? { ...check, fix: moveFor(check, say) ?? check.fix } : check))
}

type Move = (check: Check, say: Say) => string | undefined

const moves: Record<string, Move> = {
  login: loginMove,
  status: ({ received }, say) => explainStatus(received, say),
  signature: signatureMove,
  decryption: decryptionMove,
  issuer: (_, say) => say('issuer'),
  response_issuer: (_, say) => say('issuer'),
  destination: (_, say) => say('acs', exactly),
  audience: (_, say) => say('audience', exactly),
  in_response_to: answersNothing,
  not_before: (_, say) => say('clock'),
  not_on_or_after: (_, say) => say('clock'),
  session_not_on_or_after: (_, say) => say('clock'),
  subject: ({ expected }, say) => say(/ attribute /.test(expected) ? 'attributes' : 'nameId'),
  confirmation: confirmationMove,
  signed_as_required: ({ expected }, say) => say(signing(expected)),
  encrypted_as_required: (_, say) => say('encryption'),
  stable_subject: (_, say) => say('nameId'),
  claims: claimsMove,
}

function moveFor(check: Check, say: Say): string | undefined {
  return Object.hasOwn(moves, check.name) ? moves[check.name]?.(check, say) : undefined
}

// A step that failed carries the general fix of its code: the one trace of which of several things happened.
function codeOf({ fix }: Check): ProblemCode | undefined {
  const codes = Object.keys(fixes) as ProblemCode[]
  return codes.find(code => fixes[code] === fix)
}

function loginMove(check: Check, say: Say): string | undefined {
  const code = codeOf(check)
  if (code === 'login_other_connection') return say('acs', ' to the ACS URL of the connection that people begin at')
  const words = code === 'unsolicited_response' ? say('unsolicited') : undefined
  return words && `${words} Or set allow_idp_initiated for this connection.`
}

function signatureMove(check: Check, say: Say): string | undefined {
  switch (codeOf(check)) {
    case 'signature_missing':
      return say('signAssertion')
    case 'signature_algorithm': {
      const words = say('algorithm')
      return words && (sha1.test(check.received) ? `It signs with SHA-1, which is broken. ${words}` : words)
    }
    case 'signature_unknown_key':
      return check.received.startsWith(misnamed) ? fixes.signature_digest : say('certificate')
    default:
      return undefined
  }
}

function decryptionMove(check: Check, say: Say): string | undefined {
  const code = codeOf(check)
  if (code === 'decryption_failed') return say('encryption')
  const words = code === 'encryption_cbc_unsigned' ? say('signResponse') : undefined
  return words && `${words} Or let it encrypt by AES-GCM, or set allow_cbc_unsigned for this connection.`
}

function confirmationMove(check: Check, say: Say): string | undefined {
  if (/^Recipient is/.test(check.received)) return say('recipient', ' to the ACS URL that is expected, exactly')
  if (/^InResponseTo is/.test(check.received)) return answersNothing(check)
  return /^NotOnOrAfter:/.test(check.received) ? say('clock') : undefined
}

function claimsMove(check: Check, say: Say): string | undefined {
  const words = codeOf(check) === 'claim_missing' ? say('attributes') : undefined
  return words && `${words} Or map the claim to a name that did come.`
}

// Some providers put an InResponseTo of their own into what nobody asked for.
function answersNothing({ expected, received }: Check): string | undefined {
  const unsolicited = expected === none || expected.endsWith('answering no request')
  if (!unsolicited || received === none) return undefined
  return (
    'It answers no login of ours and yet names a request. Switch that off at the identity provider (Rippling: *Settings* >' +
    ' *Advanced SAML Settings* > *Disable InResponseTo field in assertions for IdP initiated SSO*), or begin at this' +
    ' service’s sign-in address.'
  )
}

function signing(expected: string): 'signAssertion' | 'signResponse' | 'signBoth' {
  if (/both$/.test(expected)) return 'signBoth'
  return /response$/.test(expected) ? 'signResponse' : 'signAssertion'
}
