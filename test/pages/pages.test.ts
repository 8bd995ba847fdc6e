import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'tap'
import { valuesOf } from '../../src/guides/guide.ts'
import { guideFor } from '../../src/guides/guides.ts'
import { chooserPage } from '../../src/pages/chooser.ts'
import { explainPage } from '../../src/pages/explain.ts'
import { findPage } from '../../src/pages/find.ts'
import { type Html, render } from '../../src/pages/html.ts'
import { postPage } from '../../src/pages/post.ts'
import { problemPage } from '../../src/pages/problem.ts'
import { refusalPage } from '../../src/pages/refusal.ts'
import { setupCertificatesPage } from '../../src/pages/setup-certificates.ts'
import { setupOnPage, setupOverPage } from '../../src/pages/setup-on.ts'
import { setupPeoplePage } from '../../src/pages/setup-people.ts'
import { setupProviderPage } from '../../src/pages/setup-provider.ts'
import { setupTestPage } from '../../src/pages/setup-test.ts'
import { setupTheirsPage } from '../../src/pages/setup-theirs.ts'
import { setupValuesPage } from '../../src/pages/setup-values.ts'
import { signedOutPage } from '../../src/pages/signed-out.ts'

const hostile = `"><script>alert('x')</script>`
const at = new Date('2026-11-23T16:40:12Z')
const fields = { SAMLResponse: 'PHg+', RelayState: hostile }
const check = { name: hostile, verdict: 'fail', expected: hostile, received: hostile, fix: hostile } as const

const view = { tenant: hostile, done: [], formToken: hostile, until: at, provider: hostile }
const words = {
  acs: hostile,
  entityId: hostile,
  people: hostile,
  signOnUrl: hostile,
  issuer: hostile,
  certificate: hostile,
}
const hostileValues = valuesOf({
  ...{ entity_id: hostile, acs_url: hostile, slo_url: hostile, metadata_url: hostile, login_url: hostile },
  certificate: hostile,
})
const dates = { notBefore: at, notAfter: at, state: hostile }
const tested = {
  ...{ at, accepted: false, title: hostile, checks: [check], xml: hostile, current: false },
  person: { named: { value: hostile, kind: hostile }, claims: { [hostile]: [hostile] }, attributes: {} },
}

const print = { subject: hostile, fingerprint: hostile, notAfter: at }
const setupPages: Record<string, Html> = {
  provider: setupProviderPage({ ...view, providers: [{ id: hostile, name: hostile }], chosen: hostile }),
  values: setupValuesPage({ ...view, guide: guideFor('okta'), values: hostileValues, certificates: [hostile] }),
  theirs: setupTheirsPage({
    ...{ ...view, words, values: { issuer: hostile }, notices: [hostile] },
    known: {
      issuer: hostile,
      signOnUrl: hostile,
      certificates: [{ subject: hostile, sha256: hostile, ...dates }],
      notices: [],
    },
    mistakes: [{ field: 'issuer', message: hostile }],
    there: true,
  }),
  certificates: setupCertificatesPage({
    ...{ ...view, provider: hostile, version: 1, now: at, approved: true },
    signers: [{ ...print, ...{ sha256: hostile, firstSeen: at, lastSeen: at, refused: 2, people: 1, knownPeople: 1 } }],
    certificates: [{ ...print, state: hostile }],
  }),
  people: setupPeoplePage({
    ...{
      ...view,
      words: hostile,
      presets: [{ id: hostile, title: hostile, note: hostile }],
      subject: hostile,
      sample: hostile,
    },
    claims: [{ claim: hostile, value: hostile, usual: [hostile] }],
    grants: [{ group: hostile, role: hostile }],
    preview: { claims: { [hostile]: hostile }, sources: { [hostile]: [hostile] }, grants: {}, refused: undefined },
    ...{ fromTest: false, mistakes: [{ field: hostile, message: hostile }] },
  }),
  test: setupTestPage({ ...view, missing: [], tested, passed: false }),
  on: setupOnPage({ ...view, passed: true, on: false, changed: true, issuer: hostile, signInUrl: hostile }),
  over: setupOverPage({ title: hostile, lead: hostile }),
}

const pages: Record<string, Html> = {
  ...Object.fromEntries(Object.entries(setupPages).map(([name, one]) => [`set-up ${name}`, one])),
  refusal: refusalPage({ traceId: hostile, retryUrl: hostile, contact: hostile, explainUrl: hostile }),
  problem: problemPage({ status: 404, title: hostile, detail: hostile, traceId: hostile }),
  chooser: chooserPage({ choices: [{ name: hostile, url: hostile }] }),
  find: findPage({ action: hostile, hidden: { return_to: hostile }, email: hostile, message: hostile }),
  post: postPage({ action: 'https://idp.example/sso', fields, title: hostile }),
  signedOut: signedOutPage({ returnTo: hostile, next: hostile, elsewhere: 'partial', traceId: hostile }),
  explain: explainPage({ traceId: hostile, outcome: hostile, code: hostile, title: hostile, checks: [check], at }),
}

for (const [name, page] of Object.entries(pages)) {
  test(`the ${name} page is a whole document without inline script or style, whatever it is given`, async t => {
    const text = render(page)
    t.match(text, /^<!doctype html>\n<html lang="en">/)
    t.match(text, '<a class="skip" href="#main">')
    t.equal(text.match(/<script/g)?.length, 1)
    t.match(text, '<script type="module" src="/assets/assay.js"></script>')
    t.notMatch(text, /<style|\sstyle=|\son\w+=/)
    t.equal(text.match(/<h1>/g)?.length, 1)
    t.notOk(text.includes(hostile))
  })
}

test('a refusal shows the reference and the ways on, and no link to an explanation unless it is given', async t => {
  const plain = render(refusalPage({ traceId: 'T-1', contact: 'help@acme.example' }))
  t.match(plain, '<code>T-1</code>')
  t.match(plain, 'href="mailto:help@acme.example?subject=')
  t.notMatch(plain, 'See why')
  t.notMatch(plain, 'Try again')
  const full = render(refusalPage({ traceId: 'T-1', retryUrl: '/login/c', explainUrl: '/demo/explain/T-1' }))
  t.match(full, 'href="/login/c"')
  t.match(full, 'href="/demo/explain/T-1"')
})

test('the post page carries every field to its action and can be sent by hand', async t => {
  const text = render(pages['post'] ?? postPage({ action: '/', fields: {}, title: '' }))
  t.match(text, '<form method="post" action="https://idp.example/sso" data-submit>')
  t.match(text, '<input type="hidden" name="SAMLResponse" value="PHg+">')
  t.match(text, '<button class="button">Continue</button>')
})

test('the find page is the same with and without a message, but for the message', async t => {
  const asked = render(findPage({ action: '/login', hidden: { return_to: '/' } }))
  const told = render(findPage({ action: '/login', hidden: { return_to: '/' }, message: 'None was found.' }))
  t.match(told, 'aria-describedby="email-error" aria-invalid="true"')
  const bare = told
    .replace(' aria-describedby="email-error" aria-invalid="true"', '')
    .replace(/<p class="error".*<\/p>/, '')
  t.equal(bare, asked)
})

test('an explanation shows failed checks first and open, with what to change', async t => {
  const checks = [
    { name: 'in_response_to', verdict: 'pass', expected: 'a', received: 'a' },
    { name: 'replay', verdict: 'skip' },
    { name: 'audience', verdict: 'fail', expected: 'us', received: 'them', fix: 'Set the audience.' },
  ] as const
  const text = render(
    explainPage({ traceId: 'T', outcome: 'refused', code: 'audience_mismatch', title: 'Title', checks, at }),
  )
  const order = ['>Audience<', '>us<', '>them<', 'Set the audience.', '>In response to<', '>Replay<'].map(part =>
    text.indexOf(part),
  )
  t.ok(order.every((place, index) => place > (order[index - 1] ?? 0)))
  t.equal(text.match(/<details open>/g)?.length, 1)
  t.match(text, '1 of 3 checks failed, 1 passed, 1 was not reached.')
  t.match(text, '<time datetime="2026-11-23T16:40:12.000Z">2026-11-23 16:40:12 UTC</time>')
})

test('templates put values into double quotes wherever they are attributes', async t => {
  const sources = ['pages', 'demo'].flatMap(room => {
    return readdirSync(`src/${room}`)
      .filter(file => file.endsWith('.ts'))
      .map(file => `src/${room}/${file}`)
  })
  for (const file of sources) t.notMatch(readFileSync(file, 'utf8'), /<\w[^<>`]*\s[\w-]+='?\$\{/, file)
})

test('the stylesheets are at most 8 and 12 KB, the script at most 4 KB', async t => {
  t.ok(readFileSync('src/pages/style.css').length <= 8192)
  t.ok(readFileSync('src/pages/admin.css').length <= 12_288)
  t.ok(readFileSync('src/pages/assay.js').length <= 4096)
})
