// Whoever changes a ciphertext and watches the answers learns nothing: not from what is said, not from how long it takes. The
// connection is the most open one there is: it takes AES-CBC under a Response that nobody signed.

import { test } from 'tap'
import { testApp } from '../support/app.ts'
import { begin, connect, deliver, openBrowser, whyRefused } from '../support/browser.ts'
import { parts, testIdp } from '../support/idp.ts'
import { encryptionKeyOf, spoiltCiphertexts } from '../support/oracle.ts'

const rounds = 5

test('no spoilt ciphertext is answered otherwise than another, in words or in time', async t => {
  const { app, db } = await testApp(t)
  const browser = openBrowser(app)
  const idp = testIdp()
  const connection = await connect(app, idp, { allow_cbc_unsigned: true })
  const { requestId, relayState } = await begin(browser, connection.id)
  const ours = encryptionKeyOf((await browser.get(`/saml/${connection.id}/metadata`)).body)
  const { good, bad } = spoiltCiphertexts(idp, parts(idp, connection, requestId), ours)
  const send = (xml: string, accept?: string) =>
    deliver(browser, connection, Buffer.from(xml).toString('base64'), relayState, accept)
  t.ok(bad.length >= 30)

  for (const accept of ['application/json', 'text/html']) {
    const seen = new Set<string>()
    for (const { name, codes, xml } of bad) {
      // One login records only so many refusals; here each of them is looked at.
      await db.query('update logins set refusals = 0')
      const answer = await send(xml, accept)
      seen.add(visible(answer))
      if (accept === 'text/html') continue
      const { code } = await whyRefused(app, answer)
      t.ok(codes.includes(code), `${name} is refused with ${code}`)
    }
    t.equal(seen.size, 1, [...seen].join('\n'))
  }

  const times = new Map<string, number[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const { kind, xml } of bad) {
      const start = performance.now()
      await send(xml)
      times.set(kind, [...(times.get(kind) ?? []), performance.now() - start])
    }
  }
  const usual = median([...times.values()].flat())
  for (const [kind, some] of times) {
    const own = median(some)
    t.ok(own < 5 * usual && own > usual / 5, `${kind} takes ${own} ms, all take ${usual} ms`)
  }
  t.equal((await send(good)).statusCode, 303, 'and the login is still there for the good response')
})

const changing = /^(date|traceresponse|x-ratelimit-.*)$/

// Everything that a browser is shown; only the trace id, which is random, and the time may differ.
function visible({ statusCode, headers, body }: { statusCode: number; headers: object; body: string }): string {
  const shown = Object.entries(headers).filter(([name]) => !changing.test(name))
  const text = JSON.stringify([statusCode, shown.sort(), body])
  return text.replaceAll(/[0-9a-f]{20}/g, 'TRACE')
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
