// The card's Java validator as an oracle: on the whole corpus of attacks it gives the same verdict on the schema as libxml2 in
// process; and XSD_VALIDATOR=jvm really works, or refuses to start where there is no Java.

import { readdirSync } from 'node:fs'
import { test } from 'tap'
import { openJvmSchema } from '../../src/jvm-schema.ts'
import { lexicalGate } from '../../src/saml/lexical.ts'
import { withXml } from '../../src/saml/xml.ts'
import { testApp } from '../support/app.ts'
import { type Attack, scene } from '../support/attack.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { schema } from '../support/schema.ts'
import { needPackages } from './support.ts'

const folder = new URL('../attacks/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))

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
  const corpus = new Map<string, string>()
  for (const file of files) {
    const { attack } = (await import(new URL(file, folder).href)) as { attack: Attack }
    const { evil, control } = attack.forge(scene())
    for (const [name, xml] of Object.entries({ evil, control })) {
      const text = parsed(xml)
      // XML Encryption 1.1 is known to our schemas only (docs/decisions/0010).
      if (text !== undefined && !text.includes('xmlenc11#mgf'))
        corpus.set(text.replace(/[0-9a-f]{64}|[A-Za-z0-9+/=]{200,}/g, 'x'), `${file} ${name}`)
    }
  }
  const results = await Promise.all(
    [...corpus].map(async ([xml, name]) => ({
      name,
      ours: inProcess(xml),
      theirs: await java(xml).then(
        () => true,
        () => false,
      ),
    })),
  )
  t.same(
    results.filter(one => one.ours !== one.theirs),
    [],
  )
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
