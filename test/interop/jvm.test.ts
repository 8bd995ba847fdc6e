// The card's Java validator as an oracle: on the whole corpus of attacks it gives the same verdict on the schema as libxml2 in
// process, but for what is listed; and XSD_VALIDATOR=jvm really works, or refuses to start where there is no Java.

import { test } from 'tap'
import { openJvmSchema } from '../../src/jvm-schema.ts'
import { lexicalGate } from '../../src/saml/lexical.ts'
import { withXml } from '../../src/saml/xml.ts'
import { testApp } from '../support/app.ts'
import { scene } from '../support/attack.ts'
import { attackClasses, attacksOf } from '../support/attacks.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { schema } from '../support/schema.ts'
import { needPackages } from './support.ts'

// Where the two differ, and why that is no way in.
const known = {
  // libxml2 takes no xml:id where the schema does not name it; Java passes over it.
  'id/xml-id.ts': 'we refuse',
  // libxml2 takes no space in an xs:anyURI, Java does.
  'protocol/audience-list.ts': 'we refuse',
  // libxml2's xs:base64Binary is lenient; what is decoded is decoded by saml/base64.ts, which is not.
  'signature/value-garbage.ts': 'we accept',
}
// The same leniency: libxml2 passes over "-" and "_", and whether the rest has a fitting length is chance.
const byChance = ['signature/value-base64url.ts']

// Only well-formed messages that the lexical gate lets through ever reach a schema validator.
function parsed(xml: string): string | undefined {
  try {
    const text = lexicalGate(xml)
    return withXml(text, () => text)
  } catch {
    return undefined
  }
}

function inProcess(xml: string): boolean {
  try {
    withXml(xml, schema)
    return true
  } catch {
    return false
  }
}

test('both validators give the same verdict on every message of the corpus', async t => {
  await needPackages('default-jdk-headless')
  const java = openJvmSchema(process.env)
  const corpus = new Map<string, { file: string; xml: string }>()
  for (const [file, attack] of (await Promise.all(attackClasses().map(attacksOf))).flat()) {
    const { evil, control } = attack.forge(scene())
    // Most controls are one and the same message but for ids and keys.
    for (const xml of corpus.size < 20 ? [evil, control] : [evil]) {
      const text = parsed(xml)
      // What the newer schemas declare is known to ours only (docs/decisions/0010).
      if (text === undefined || /xmlenc11#mgf|InclusiveNamespaces/.test(text)) continue
      corpus.set(text.replace(/[0-9a-f]{40,}|[A-Za-z0-9+/=]{40,}|[\d:.TZ-]{20,}/g, ''), { file, xml: text })
    }
  }
  const results = await Promise.all(
    [...corpus.values()].map(async ({ file, xml }) => {
      const theirs = await java(xml).then(
        () => true,
        () => false,
      )
      return { file, ours: inProcess(xml), theirs }
    }),
  )
  const differ = results.filter(one => one.ours !== one.theirs && !byChance.includes(one.file))
  t.same(Object.fromEntries(differ.map(one => [one.file, one.ours ? 'we accept' : 'we refuse'])), known)
  t.ok(results.some(one => !one.ours) && results.some(one => one.ours), `${results.length} messages`)
})

test('with XSD_VALIDATOR=jvm people sign in, and a message against the schema is refused', async t => {
  const { app } = await testApp(t, { settings: { XSD_VALIDATOR: 'jvm' } })
  const idp = testIdp()
  const connection = await connect(app, idp)
  t.equal((await logIn(openBrowser(app), idp, connection)).statusCode, 303)
  t.equal(
    (await logIn(openBrowser(app), idp, connection, { conditions: '<saml:Conditions Nonsense="1"></saml:Conditions>' }))
      .statusCode,
    403,
  )
})

test('without Java the start says what to install', async t => {
  t.throws(() => openJvmSchema({ PATH: '/nowhere' }), /needs java/)
})
