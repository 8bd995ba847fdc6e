// Times in every form of xs:dateTime that providers write, and clocks that differ within bounds.

import type { Scene } from '../support/attack.ts'
import { instant } from '../support/idp.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { type Change, changes, set } from '../support/rewrite.ts'

type Form = (time: number) => string

/** Every time of an assertion in one form. */
const everyTime =
  (form: Form) =>
  ({ response, now }: Scene) => {
    const assertion: Change = changes(
      set('saml:Assertion', { IssueInstant: form(now) }),
      set('saml:SubjectConfirmationData', { NotOnOrAfter: form(now + 300_000) }),
      set('saml:Conditions', { NotBefore: form(now - 60_000), NotOnOrAfter: form(now + 300_000) }),
      set('saml:AuthnStatement', { AuthnInstant: form(now), SessionNotOnOrAfter: form(now + 3_600_000) }),
    )
    const outer = set('samlp:Response', { IssueInstant: form(now) })
    return response({ sign: 'both', editAssertion: assertion, editResponse: outer })
  }

const whole = (time: number) => instant(time).slice(0, 19)
const hour = 3_600_000

const forms: Record<string, Form> = {
  'whole seconds': time => `${whole(time)}Z`,
  'one digit of a fraction': time => `${whole(time)}.5Z`,
  milliseconds: instant,
  'six digits of a fraction, as Python writes': time => `${whole(time)}.123456Z`,
  'seven digits of a fraction, as .NET writes': time => `${whole(time)}.1234567Z`,
  'nine digits of a fraction, as Java writes': time => `${whole(time)}.123456789Z`,
  'an offset of zero': time => `${whole(time)}+00:00`,
  'an offset of one hour': time => `${whole(time + hour)}+01:00`,
  'an offset of five hours and a half to the east': time => `${whole(time + 5.5 * hour)}.250+05:30`,
  'an offset of eight hours to the west': time => `${whole(time - 8 * hour)}-08:00`,
  'no zone, which is UTC': time => whole(time),
}

const conditions =
  (values: (now: number) => Record<string, string | null>): Legitimate['response'] =>
  ({ response, now }) =>
    response({ editAssertion: set('saml:Conditions', values(now)) })
const confirmation =
  (values: (now: number) => Record<string, string | null>): Legitimate['response'] =>
  ({ response, now }) =>
    response({ editAssertion: set('saml:SubjectConfirmationData', values(now)) })
const statement =
  (values: (now: number) => Record<string, string | null>): Legitimate['response'] =>
  ({ response, now }) =>
    response({ editAssertion: set('saml:AuthnStatement', values(now)) })

export const cases: readonly Legitimate[] = [
  ...Object.entries(forms).map(
    ([name, form]): Legitimate => ({
      sentence: `times have ${name}`,
      response: everyTime(form),
    }),
  ),
  {
    sentence: 'the provider’s clock is two minutes ahead: NotBefore is to come',
    response: conditions(now => ({ NotBefore: instant(now + 120_000) })),
  },
  {
    sentence: 'the provider’s clock is behind: the Conditions ended two minutes ago',
    response: conditions(now => ({ NotBefore: null, NotOnOrAfter: instant(now - 120_000) })),
  },
  {
    sentence: 'the provider’s clock is behind: the confirmation ended two minutes ago',
    response: confirmation(now => ({ NotOnOrAfter: instant(now - 120_000) })),
  },
  {
    sentence: 'the provider’s clock is behind: the session ended two minutes ago',
    response: statement(now => ({ SessionNotOnOrAfter: instant(now - 120_000) })),
  },
  {
    sentence: 'NotBefore is now and the window is one minute, as Keycloak and PingOne write',
    response: conditions(now => ({ NotBefore: instant(now), NotOnOrAfter: instant(now + 60_000) })),
  },
  { sentence: 'Conditions have no times', response: conditions(() => ({ NotBefore: null, NotOnOrAfter: null })) },
  { sentence: 'Conditions have no NotBefore', response: conditions(() => ({ NotBefore: null })) },
  { sentence: 'Conditions have no NotOnOrAfter', response: conditions(() => ({ NotOnOrAfter: null })) },
  {
    sentence: 'Conditions last until the end of the year 9999',
    response: conditions(() => ({ NotOnOrAfter: '9999-12-31T23:59:59.999Z' })),
  },
  {
    sentence: 'the person signed in months ago, as Entra says of long sessions',
    response: statement(now => ({ AuthnInstant: instant(now - 90 * 24 * hour) })),
  },
  {
    sentence: 'the session ends in a day',
    response: statement(now => ({ SessionNotOnOrAfter: instant(now + 24 * hour) })),
  },
  {
    sentence: 'a time falls on February 29',
    response: conditions(() => ({ NotBefore: '2024-02-29T12:00:00Z' })),
  },
]
