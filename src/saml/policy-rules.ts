// The part of the table of rules that a connection's own policy decides (require_signed, require_encrypted, subject,
// requested_authn_context).

import { nameIdFormats } from './names.ts'
import { none, type Rule, unless } from './rule.ts'

/** Rules of a connection's policy, by name. */
export const policyRules = {
  signed_as_required: {
    code: 'signature_missing',
    section: 'saml-profiles §4.1.3.5',
    judge: ({ responseSigned, assertionSigned }, { requireSigned }) =>
      unless(
        {
          any: responseSigned || assertionSigned,
          assertion: assertionSigned,
          response: responseSigned,
          both: responseSigned && assertionSigned,
        }[requireSigned],
        `signed: ${requireSigned}`,
        [responseSigned && 'response', assertionSigned && 'assertion'].filter(Boolean).join(' and '),
        'Switch on this signature at the identity provider, or relax require_signed for this connection.',
      ),
  },
  encrypted_as_required: {
    code: 'encryption_missing',
    section: 'saml-core §2.3.4',
    judge: ({ encrypted }, { requireEncrypted }) =>
      unless(
        encrypted || !requireEncrypted,
        'an EncryptedAssertion',
        'a plain Assertion',
        'Switch on assertion encryption at the identity provider with the certificate of this connection’s metadata.',
      ),
  },
  stable_subject: {
    code: 'subject_unstable',
    section: 'saml-core §8.3.8',
    judge: ({ assertion: { nameID } }, { subject }) =>
      unless(
        subject !== null || nameID?.format !== nameIdFormats.transient,
        'a NameID that stays the same',
        nameID?.format,
        'Send a persistent NameID, or set the connection’s subject to an attribute that names the person for good.',
      ),
  },
  authn_context: {
    code: 'authn_context_mismatch',
    section: 'saml-core §3.3.2.2.1',
    judge: ({ assertion: { authnStatements } }, { requestedAuthnContext: wanted }) => {
      const received = authnStatements.map(one => one.authnContextClassRef ?? none)
      const holds = wanted.length === 0 || received.some(one => wanted.includes(one))
      const fix = 'Ask the person to sign in that way, or change requested_authn_context of this connection.'
      return unless(holds || received.length === 0, wanted.join(' or '), received.join(', '), fix)
    },
  },
} as const satisfies Record<string, Rule>
