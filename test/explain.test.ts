// `assay explain`: what it says is what the ACS does.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Test, test } from 'tap'
import { groupsAttribute } from '../src/connections/group-overage.ts'
import { asText, explain as judge, subjectFromFile } from '../src/explain.ts'
import { evidenceMissing } from '../src/logins/attempt.ts'
import { testApp } from './support/app.ts'
import { begin, connect, deliver, logIn, openBrowser } from './support/browser.ts'
import { encryptAssertion } from './support/encryption.ts'
import { assertionXml, parts, respond, responseXml, testIdp } from './support/idp.ts'
import { tools } from './support/judging.ts'
import { rsaPair } from './support/rsa.ts'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const idp = testIdp()
const sp = { entityId: 'https://sso.example/sp', acsUrl: 'https://sso.example/old/acs' }
const connection = {
  issuer: idp.issuer,
  sign_on_url: 'https://idp.example/sso',
  certificates: [idp.certificate],
  sp_entity_id: sp.entityId,
  acs_aliases: [sp.acsUrl],
}

const leftOut = { 'http://schemas.microsoft.com/claims/groups.link': ['https://graph.example/x'] }

interface Answer {
  exit: number
  stdout: string
  stderr: string
}

function explain(args: string[], environment: Record<string, string> = {}): Promise<Answer> {
  const env = { PATH: process.env['PATH'], ...environment }
  return new Promise(resolve => {
    execFile(process.execPath, [cli, 'explain', ...args], { env }, (error, stdout, stderr) => {
      resolve({ exit: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

async function files(t: Test): Promise<(name: string, content: string | object) => Promise<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-explain-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return async (name, content) => {
    const path = join(folder, name)
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
}

const asked = (file: object, response: string | Buffer, more: { at?: Date; inResponseTo?: string } = {}) => {
  const at = more.at ?? new Date()
  const subject = subjectFromFile(JSON.stringify(file), 'https://sso.example', at)
  return judge({ response: Buffer.from(response), subject, at, inResponseTo: more.inResponseTo, tools })
}

test('XML or base64, with or without a byte order mark, accepted or refused', async t => {
  const xml = responseXml(idp, parts(idp, sp, '_r'))
  for (const content of [xml, `\ufeff${xml}`, `${Buffer.from(xml).toString('base64')}\n`]) {
    t.match(asked(connection, content, { inResponseTo: '_r' }), {
      outcome: 'accepted',
      code: null,
      identity: {
        subject: 'alice',
        name_id: 'alice',
        name_id_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        attributes: { email: ['alice@acme.example'], groups: ['staff', 'admins'] },
        claims: { email: 'alice@acme.example' },
      },
    })
    t.match(asked(connection, content), { outcome: 'refused', code: 'unsolicited_response', identity: null })
  }
})

test('it says which attribute gave which claim and which rule which role, or what was missing', async t => {
  const roles = [{ if: { any: [{ groups: ['adm*'] }, { groups: ['x'] }] }, grant: ['admin'] }]
  const xml = responseXml(idp, parts(idp, sp, '_r'))
  const said = asked({ ...connection, roles }, xml, { inResponseTo: '_r' })
  t.match(said, { identity: { sources: { email: ['email'], groups: ['groups'] }, grants: { admin: ['roles[0]'] } } })
  const claims = said.checks.find(check => check.name === 'claims')
  t.match(claims, { verdict: 'pass', received: 'email from email; groups from groups; role admin by roles[0]' })
  const attributes = { department: { from: ['ou'], required: true } }
  const refused = asked({ ...connection, attributes }, xml, { inResponseTo: '_r' })
  t.match(refused, { code: 'claim_missing', identity: null })
  t.match(asText(refused), /✗ claims[\s\S]*these attributes came: email, groups[\s\S]*fix +Send the attribute/)
})

test('it judges at any time, with the keys that it is given', async t => {
  const ours = rsaPair()
  const p = parts(idp, sp, null, Date.parse('2030-01-01T12:00:00Z'))
  const response = responseXml(idp, p, encryptAssertion(assertionXml(idp, p), ours.publicKey))
  const open = { ...connection, allow_idp_initiated: true }
  const keyed = { ...open, sp_private_keys: [ours.privateKey.export({ type: 'pkcs8', format: 'pem' })] }
  t.equal(asked(keyed, response, { at: new Date(p.now) }).code, null)
  t.equal(asked(keyed, response, { at: new Date(p.now + 3_600_000) }).code, 'assertion_expired')
  t.equal(asked(open, response, { at: new Date(p.now) }).code, 'decryption_failed')
})

test('a connection that the API answered may be asked as it is; an unknown member is refused', async t => {
  const { app, admin } = await testApp(t)
  const made = await connect(app, idp)
  const { body } = await admin('GET', `/connections/${made.id}`)
  t.equal(asked(body, responseXml(idp, parts(idp, made, '_r')), { inResponseTo: '_r' }).code, null)
  t.throws(() => asked({ ...body, colour: 'blue' }, ''), { code: 'invalid_request', mistakes: [{ field: 'colour' }] })
  t.throws(() => asked({ ...connection, certificates: ['x'] }, ''), { code: 'invalid_request' })
})

test('the command answers with its exit code: 0 accepted, 1 refused, 2 not to be asked', async t => {
  const file = await files(t)
  const response = await file('r.xml', responseXml(idp, parts(idp, sp, '_r')))
  const both = ['--response', response, '--connection', await file('c.json', connection)]
  const accepted = await explain([...both, '--in-response-to', '_r', '--json'])
  t.equal(accepted.exit, 0, accepted.stderr)
  t.equal(JSON.parse(accepted.stdout).identity.subject, 'alice')
  const refused = await explain([...both, '--in-response-to', '_other'])
  t.equal(refused.exit, 1)
  t.match(refused.stdout, /refused: in_response_to_mismatch[\s\S]*expected +_other[\s\S]*fix/)
  const wrong = await explain([
    '--response',
    response,
    '--connection',
    await file('w.json', { ...connection, certificates: ['x'] }),
  ])
  t.equal(wrong.exit, 2)
  t.match(wrong.stderr, /certificates\[0\]/)
  t.equal(wrong.stdout, '')
  t.equal((await explain([...both, '--at', 'noon'])).exit, 2)
})

test('a refused login is judged again from its reference, with the settings of now, changing nothing', async t => {
  const { app, admin, db, databaseUrl, config } = await testApp(t)
  const made = await connect(app, idp, { on_group_overage: 'keep_last' })
  const browser = openBrowser(app)
  await logIn(browser, idp, made, { attributes: { [groupsAttribute]: ['staff'] } })
  const { requestId, relayState } = await begin(browser, made.id)
  const stranger = testIdp(idp.issuer)
  const refused = await deliver(browser, made, respond(stranger, made, requestId, { attributes: leftOut }), relayState)
  const trace = refused.json().trace_id
  const environment = {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: config.encryptionKey?.toString('base64') ?? '',
    PUBLIC_URL: config.publicUrl,
  }
  const kept = () => Promise.all(['logins', 'people', 'sessions'].map(table => db.query(`select * from ${table}`)))
  const before = await kept()
  const first = await explain(['--trace', trace, '--json'], environment)
  t.equal(first.exit, 1)
  t.match(JSON.parse(first.stdout), { code: 'signature_unknown_key' })
  await admin('PATCH', `/connections/${made.id}`, { certificates: [idp.certificate, stranger.certificate] })
  const second = await explain(['--trace', trace, '--json'], environment)
  t.equal(second.exit, 0)
  t.match(JSON.parse(second.stdout).identity.claims, { groups: ['staff'], groups_overage: true }, 'as the ACS would')
  t.same(await kept(), before)
  const [row] = await db.query<{ sealed: Buffer }>(
    'select sealed_evidence as sealed from login_attempts where code is not null',
  )
  t.notOk(row?.sealed.includes('alice'), 'kept sealed')
  const again = await deliver(browser, made, respond(testIdp(idp.issuer), made, requestId), relayState)
  const gone = await explain(['--trace', again.json().trace_id], environment)
  t.equal(gone.exit, 2)
  t.match(gone.stderr, evidenceMissing.login_had_one, 'what is not kept says why')
})
