// Prefixes mean nothing, namespaces do: every style that providers write, and some that only the specification allows.

import type { Scene } from '../support/attack.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { type Change, change } from '../support/rewrite.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** Gives every element of a prefix another one, or none with ''. */
const renamed =
  (from: string, to: string): Change =>
  xml =>
    xml
      .replaceAll(`<${from}:`, to ? `<${to}:` : '<')
      .replaceAll(`</${from}:`, to ? `</${to}:` : '</')
      .replaceAll(`xmlns:${from}=`, to ? `xmlns:${to}=` : 'xmlns=')

interface Style {
  samlp: string
  saml: string
  ds: string
}

const styled =
  (style: Style, sign: 'assertion' | 'response' | 'both' = 'both') =>
  ({ response, assertion }: Scene) => {
    const signature = { prefix: style.ds }
    const inner = assertion({ sign, signature, editAssertion: renamed('saml', style.saml) })
    const place = '<!assertion>'
    const outer = (xml: string) => renamed('saml', style.saml)(renamed('samlp', style.samlp)(xml))
    return response({ sign, signature, editResponse: xml => change(place, inner)(outer(xml)) }, place)
  }

const styles: Record<string, Style> = {
  'samlp, saml and ds, as most do': { samlp: 'samlp', saml: 'saml', ds: 'ds' },
  'saml2p, saml2 and ds, as OpenSAML does': { samlp: 'saml2p', saml: 'saml2', ds: 'ds' },
  'samlp, saml and dsig, as Keycloak does': { samlp: 'samlp', saml: 'saml', ds: 'dsig' },
  'samlp, and none for assertion and signature, as Entra does': { samlp: 'samlp', saml: '', ds: '' },
  'samlp, none for the assertion, and ds, as AD FS does': { samlp: 'samlp', saml: '', ds: 'ds' },
  'samlp, saml, and none for the signature, as Auth0 does': { samlp: 'samlp', saml: 'saml', ds: '' },
  'none for the protocol alone': { samlp: '', saml: 'saml', ds: 'ds' },
  'none at all': { samlp: '', saml: '', ds: '' },
  'ns0, ns1 and ns2, as ElementTree does': { samlp: 'ns0', saml: 'ns1', ds: 'ns2' },
  'one and the same for everything': { samlp: 'a', saml: 'a', ds: 'a' },
  'those that belong to the others': { samlp: 'ds', saml: 'samlp', ds: 'saml' },
  'letters beyond ASCII': { samlp: 'ü', saml: 'é', ds: 'ß' },
}

export const cases: readonly Legitimate[] = [
  ...Object.entries(styles).map(([name, style]) => ({
    sentence: `the prefixes are ${name}`,
    response: styled(style),
  })),
  {
    sentence: 'the prefixes are none for assertion and signature, and only the Assertion is signed',
    response: styled({ samlp: 'samlp', saml: '', ds: '' }, 'assertion'),
  },
  {
    sentence: 'the prefixes are none at all, and only the Response is signed',
    response: styled({ samlp: '', saml: '', ds: '' }, 'response'),
  },
  {
    sentence: 'every element has a prefix of its own',
    response: ({ response }) => response({ editAssertion: eachItsOwn }),
  },
  {
    sentence: 'all namespaces are declared on the Response and nowhere else',
    response: ({ response }) => hoisted(response({ sign: 'both' })),
  },
  {
    sentence: 'the Response declares namespaces that nothing uses',
    response: ({ response }) => change('<samlp:Response ', `<samlp:Response ${unused} `)(response({ sign: 'both' })),
  },
  {
    sentence: 'every element declares its namespace again',
    response: ({ response }) =>
      response({ sign: 'both' }).replaceAll(/<saml:(\w+)(?=[ >])(?! xmlns:saml)/g, `<saml:$1 xmlns:saml="${saml}"`),
  },
  {
    sentence: 'one namespace has two prefixes in one assertion',
    response: ({ response }) => response({ editAssertion: otherStatement }),
  },
]

const unused = ['xs', 'xsi', 'xenc', 'soap', 'md', 'a1']
  .map(prefix => `xmlns:${prefix}="urn:unused:${prefix}"`)
  .join(' ')

// In canonical form each element that uses a prefix first declares it.
function eachItsOwn(xml: string): string {
  const open: string[] = []
  let count = 0
  return xml.replaceAll(/<(\/?)saml:(\w+)( xmlns:saml="[^"]*")?/g, (_, slash: string, name: string) => {
    if (slash) return `</${open.pop()}:${name}`
    const prefix = `p${count++}`
    open.push(prefix)
    return `<${prefix}:${name} xmlns:${prefix}="${saml}"`
  })
}

// The text that is sent; its canonical form, which was digested, declares the namespaces where they are used.
function hoisted(xml: string): string {
  const declarations = [...new Set(xml.match(/ xmlns:\w+="[^"]*"/g))].join('')
  const [tag = ''] = xml.match(/^<samlp:Response[^>]*>/) ?? []
  const bare = xml.replaceAll(/ xmlns:\w+="[^"]*"/g, '')
  return change(tag.replaceAll(/ xmlns:\w+="[^"]*"/g, ''), tag.replace(/ xmlns:samlp="[^"]*"/, declarations))(bare)
}

function otherStatement(xml: string): string {
  const [statement = ''] = /<saml:AttributeStatement>.*<\/saml:AttributeStatement>/s.exec(xml) ?? []
  const other = renamed('saml', 'q')(statement)
  return change(statement, change('<q:AttributeStatement>', `<q:AttributeStatement xmlns:q="${saml}">`)(other))(xml)
}
