// What refused messages leave behind: enough to explain them, and no more than that, whoever posts however many.

import { t as root, test } from 'tap'
import { type Attempt, evidenceMissing } from '../../src/logins/attempt.ts'
import { recordSql } from '../../src/logins/store.ts'
import { testApp } from '../support/app.ts'
import { begin, connect, deliver, openBrowser, type TestConnection } from '../support/browser.ts'
import { respond, testIdp } from '../support/idp.ts'

const service = testApp(root)
const idp = testIdp()
const spoilt = { audience: 'https://other.example' }

// Somebody with a login under way, who posts whatever is given.
async function enter(connection: TestConnection) {
  const { app, admin } = await service
  const browser = openBrowser(app)
  const { requestId, relayState } = await begin(browser, connection.id)
  const post = async (response: string): Promise<Attempt> => {
    const answer = await deliver(browser, connection, response, relayState)
    return (await admin('GET', `/logins/${answer.json().trace_id}`)).body
  }
  return { browser, requestId, relayState, post, bad: () => respond(idp, connection, requestId, spoilt) }
}

async function left(connection: TestConnection): Promise<{ attempts: number; kept: number }> {
  const { db } = await service
  const [row] = await db.query<{ attempts: number; kept: number }>(
    'select count(*)::int as attempts, count(sealed_evidence)::int as kept from login_attempts where connection_id = $1',
    [connection.id],
  )
  return row ?? { attempts: -1, kept: -1 }
}

test('of one login one message is kept, and twenty attempts, however many come at once', async t => {
  const { app } = await service
  const connection = await connect(app, idp)
  const { browser, requestId, relayState, post, bad } = await enter(connection)
  const [first, second] = [await post(bad()), await post(bad())]
  t.match(first, { code: 'audience_mismatch', evidence: 'kept' })
  t.match(second, { code: 'audience_mismatch', evidence: 'login_had_one' })
  const codes = await Promise.all(
    Array.from({ length: 40 }, async () => (await deliver(browser, connection, bad(), relayState)).json().code),
  )
  t.ok(codes.every(code => code === 'login_refused'))
  t.same(await left(connection), { attempts: 20, kept: 1 })
  const good = await deliver(browser, connection, respond(idp, connection, requestId), relayState)
  t.equal(good.statusCode, 303, 'the login itself goes on')
  t.same(await left(connection), { attempts: 21, kept: 1 }, 'and is recorded')

  const another = await enter(connection)
  await Promise.all(
    Array.from({ length: 10 }, () => deliver(another.browser, connection, another.bad(), another.relayState)),
  )
  t.same(await left(connection), { attempts: 31, kept: 2 }, 'ten at once: one is kept')
})

test('a message that no parser saw is not kept, nor one without a login; a later one of the login still is', async t => {
  const { app, admin } = await service
  const connection = await connect(app, idp)
  const { post, bad, browser } = await enter(connection)
  const commented = respond(idp, connection, null, {
    editResponse: xml => xml.replace('<samlp:Status>', '<!-- --><samlp:Status>'),
  })
  t.match(await post(commented), { code: 'xml_forbidden', evidence: 'not_read' })
  t.match(await post('AAAA'), { evidence: 'not_read' })
  t.match(await post(bad()), { evidence: 'kept' })
  const lost = await deliver(browser, connection, bad(), 'made-up')
  t.match((await admin('GET', `/logins/${lost.json().trace_id}`)).body, { code: 'login_unknown', evidence: 'no_login' })
  t.same(await left(connection), { attempts: 4, kept: 1 })
})

test('a connection keeps twenty messages an hour; the next ones say why they are not there', async t => {
  const { app, clock } = await service
  const [connection, other] = [await connect(app, idp), await connect(app, idp)]
  for (let number = 0; number < 20; number += 1) {
    const { post, bad } = await enter(connection)
    t.equal((await post(bad())).evidence, 'kept')
  }
  const late = await enter(connection)
  t.match(await late.post(late.bad()), { code: 'audience_mismatch', evidence: 'hourly_limit' })
  t.same(await left(connection), { attempts: 21, kept: 20 })
  const elsewhere = await enter(other)
  t.match(await elsewhere.post(elsewhere.bad()), { evidence: 'kept' })
  clock.now = new Date(clock.now.getTime() + 3_601_000)
  const next = await enter(connection)
  t.match(await next.post(next.bad()), { evidence: 'kept' })
})

test('an index serves the question how many messages a connection kept', async t => {
  const { db, clock } = await service
  const plan = await db.transaction(async tx => {
    await tx.query('set local enable_seqscan = off')
    const values = ['x', clock.now, 'nobody12345', 'refused', 'xml_limits', '[]', null, null, 'not_read', null, 20, 20]
    return tx.query<{ 'QUERY PLAN': string }>(`explain ${recordSql}`, values)
  })
  t.match(plan.map(line => line['QUERY PLAN']).join('\n'), /Scan using login_attempts_evidence/)
})

test('every reason has words', t => {
  for (const words of Object.values(evidenceMissing)) t.match(words, /^[A-Z].*\.$/)
  t.end()
})
