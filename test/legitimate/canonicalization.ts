// Canonicalisation as providers name it: exclusive with prefix lists, inclusive, with comments. The digested texts are written by hand.

import type { Scene } from '../support/attack.ts'
import { ids, type SignatureOptions } from '../support/dsig.ts'
import type { Parts } from '../support/idp.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { type Change, change, changes, insert } from '../support/rewrite.ts'

const names = {
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
}
type Prefix = keyof typeof names
const declare = (...prefixes: Prefix[]) => prefixes.map(prefix => ` xmlns:${prefix}="${names[prefix]}"`).join('')

const element = (name: string, algorithm: string, content = '') =>
  `<ds:${name} Algorithm="${algorithm}">${content}</ds:${name}>`
const enveloped = element('Transform', ids.enveloped)
const prefixList = (list: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="${list}"></ec:InclusiveNamespaces>`

/** A signature whose transform and method are as given. */
const named = (transform: string, method: string, content = '', methodContent = ''): SignatureOptions => ({
  transforms: enveloped + element('Transform', transform, content),
  method: element('CanonicalizationMethod', method, methodContent),
})

const typed = (content: string) =>
  change(
    '<saml:AttributeValue>alice@acme.example',
    `<saml:AttributeValue${content} xsi:type="xs:string">alice@acme.example`,
  )

/** A response whose digested assertion is not the text that is sent: `canonical` is what its canonical form has more. */
function digested({ parts, assertion, response }: Scene, sent: Partial<Parts>, canonical: Change): string {
  const fixed = parts(sent)
  const text = canonical(assertion({ ...fixed, sign: 'none' }))
  return response({ ...fixed, signature: { ...fixed.signature, digested: text } })
}

// Inclusive canonical form carries every namespace in scope: of the Response, and for the SignedInfo of the Assertion too.
const inclusiveTransform = (algorithm: string) => (scene: Scene) =>
  digested(scene, { signature: named(algorithm, ids.exclusive) }, change(declare('saml'), declare('saml', 'samlp')))
const inclusiveMethod = (algorithm: string) => (scene: Scene) =>
  scene.response({ signature: { ...named(ids.exclusive, algorithm), inherited: declare('ds', 'saml', 'samlp') } })
const inclusiveBoth = (scene: Scene) =>
  digested(
    scene,
    { signature: { ...named(ids.inclusive, ids.inclusive), inherited: declare('ds', 'saml', 'samlp') } },
    change(declare('saml'), declare('saml', 'samlp')),
  )
const inclusiveResponse = (scene: Scene) =>
  scene.response({
    sign: 'response',
    signature: { ...named(ids.inclusive, ids.inclusive), inherited: declare('ds', 'samlp') },
  })

export const cases: readonly Legitimate[] = [
  {
    sentence: 'the prefix list names xs, declared on the Assertion and used in a value only, as Okta does',
    response: ({ response }) =>
      response({
        signature: named(ids.exclusive, ids.exclusive, prefixList('xs')),
        editAssertion: changes(change(declare('saml'), declare('saml', 'xs')), typed(declare('xsi'))),
      }),
  },
  {
    sentence: 'the prefix list names xs, declared on the Response',
    response: scene =>
      digested(
        scene,
        {
          signature: named(ids.exclusive, ids.exclusive, prefixList('xs')),
          editAssertion: typed(declare('xsi')),
          editResponse: change(`${declare('samlp')} Dest`, `${declare('samlp', 'xs')} Dest`),
        },
        change(declare('saml'), declare('saml', 'xs')),
      ),
  },
  {
    sentence: 'the prefix list names xs, declared on the value itself, as Shibboleth does',
    response: ({ response }) =>
      response({
        sign: 'both',
        signature: named(ids.exclusive, ids.exclusive, prefixList('xs')),
        editAssertion: typed(declare('xs', 'xsi')),
      }),
  },
  {
    sentence: 'the prefix list names xsd, which nothing declares',
    response: ({ response }) =>
      response({ sign: 'both', signature: named(ids.exclusive, ids.exclusive, prefixList('xsd')) }),
  },
  {
    sentence: 'the prefix list names several, some declared and some not',
    response: scene =>
      digested(
        scene,
        { signature: named(ids.exclusive, ids.exclusive, prefixList('ds saml samlp xs xsd xsi')) },
        change(declare('saml'), declare('saml', 'samlp')),
      ),
  },
  {
    sentence: 'the prefix list names #default and there is no default namespace',
    response: ({ response }) =>
      response({ sign: 'both', signature: named(ids.exclusive, ids.exclusive, prefixList('#default saml')) }),
  },
  {
    sentence: 'the prefix list is empty',
    response: ({ response }) =>
      response({ sign: 'both', signature: named(ids.exclusive, ids.exclusive, prefixList('')) }),
  },
  {
    sentence: 'the canonicalisation of SignedInfo has a prefix list too',
    response: ({ response }) =>
      response({
        signature: {
          ...named(ids.exclusive, ids.exclusive, '', prefixList('xs saml samlp')),
          inherited: declare('ds', 'saml', 'samlp'),
        },
      }),
  },
  {
    sentence: 'exclusive canonicalisation is named with comments, of which there are none',
    response: ({ response }) =>
      response({ sign: 'both', signature: named(`${ids.exclusive}WithComments`, `${ids.exclusive}WithComments`) }),
  },
  { sentence: 'the transform is inclusive canonicalisation', response: inclusiveTransform(ids.inclusive) },
  {
    sentence: 'the transform is inclusive canonicalisation with comments, of which there are none',
    response: inclusiveTransform(`${ids.inclusive}#WithComments`),
  },
  { sentence: 'SignedInfo is canonicalised inclusively', response: inclusiveMethod(ids.inclusive) },
  {
    sentence: 'SignedInfo is canonicalised inclusively, with comments, of which there are none',
    response: inclusiveMethod(`${ids.inclusive}#WithComments`),
  },
  { sentence: 'assertion and SignedInfo are canonicalised inclusively', response: inclusiveBoth },
  { sentence: 'a signed Response is canonicalised inclusively', response: inclusiveResponse },
  {
    sentence: 'inclusive canonicalisation carries namespaces of the Response that nothing uses',
    response: scene =>
      digested(
        scene,
        {
          signature: { ...named(ids.inclusive, ids.inclusive), inherited: declare('ds', 'saml', 'samlp', 'xs', 'xsi') },
          editResponse: change(`${declare('samlp')} Dest`, `${declare('samlp', 'xs', 'xsi')} Dest`),
        },
        change(declare('saml'), declare('saml', 'samlp', 'xs', 'xsi')),
      ),
  },
  {
    sentence: 'an element takes the default namespace back',
    response: ({ response }) => response({ editAssertion: insert(plain, '<saml:AuthnStatement') }),
  },
]

const plain = '<saml:Advice><a xmlns="urn:a"><b xmlns=""><c></c></b></a></saml:Advice>'
