// Audiences and other conditions that hold.

import type { Legitimate } from '../support/legitimate.ts'
import { type Change, change, insert } from '../support/rewrite.ts'

const audience = (name: string) => `<saml:Audience>${name}</saml:Audience>`
const restriction = (...names: string[]) =>
  `<saml:AudienceRestriction>${names.map(audience).join('')}</saml:AudienceRestriction>`

const edited =
  (edit: Change): Legitimate['response'] =>
  ({ response }) =>
    response({ sign: 'both', editAssertion: edit })

const ours = 'https://sso.example/saml/c1/metadata'

export const cases: readonly Legitimate[] = [
  {
    sentence: 'ours is the last of three audiences',
    response: edited(insert(audience('https://a.example') + audience('https://b.example'), '<saml:Audience>')),
  },
  {
    sentence: 'ours is the first of three audiences',
    response: edited(
      insert(audience('https://a.example') + audience('https://b.example'), '</saml:AudienceRestriction>'),
    ),
  },
  {
    sentence: 'two restrictions each name us, among others',
    response: edited(insert(restriction('https://a.example', ours), '</saml:Conditions>')),
  },
  {
    sentence: 'OneTimeUse is asked for',
    response: edited(insert('<saml:OneTimeUse></saml:OneTimeUse>', '</saml:Conditions>')),
  },
  {
    sentence: 'OneTimeUse stands before the restriction',
    response: edited(insert('<saml:OneTimeUse></saml:OneTimeUse>', '<saml:AudienceRestriction>')),
  },
  {
    sentence: 'a ProxyRestriction forbids to pass the assertion on',
    response: edited(insert('<saml:ProxyRestriction Count="0"></saml:ProxyRestriction>', '</saml:Conditions>')),
  },
  {
    sentence: 'a ProxyRestriction allows to pass the assertion on to others',
    response: edited(
      insert(
        `<saml:ProxyRestriction Count="2">${audience('https://a.example')}</saml:ProxyRestriction>`,
        '</saml:Conditions>',
      ),
    ),
  },
  {
    sentence: 'the audience is on a line of its own',
    response: edited(change(`<saml:Audience>${ours}`, `<saml:Audience>\n        ${ours}\n      `)),
  },
]
