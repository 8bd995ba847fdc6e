// The guides: complete, true to what the defaults of a connection understand, and filled in on a page.

import { test } from 'tap'
import { defaultAttributes, providers } from '../../src/connections/provider.ts'
import { type Guide, needed, ours, placeholders, valuesOf } from '../../src/guides/guide.ts'
import { codesOf, guideFor, guides, isGuideId, settingsOf } from '../../src/guides/guides.ts'
import { guideAsMarkdown } from '../../src/guides/markdown.ts'
import { guideNotes, guideSteps, words } from '../../src/pages/guide.ts'
import { render } from '../../src/pages/html.ts'

const base = 'https://sso.assay.example/saml/c1'
const values = valuesOf({
  entity_id: `${base}/metadata`,
  acs_url: `${base}/acs`,
  slo_url: `${base}/slo`,
  metadata_url: `${base}/metadata`,
  login_url: 'https://sso.assay.example/login/c1',
  certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
})
const pageOf = (guide: Guide, given = values) => render(guideSteps(guide, given)) + render(guideNotes(guide, given))

test('there is a guide to every provider of the API, and to two that have no name there', async t => {
  const ids = guides.map(({ id }) => id)
  t.same(ids.sort(), [...Object.keys(providers), 'cyberark', 'rippling'].sort())
  for (const { id, provider, title } of guides) {
    t.equal(guideFor(id).title, title)
    t.equal(provider, id === 'cyberark' || id === 'rippling' ? 'custom' : id)
    if (id === provider) t.equal(title, providers[provider])
  }
  t.ok(isGuideId('okta'))
  t.notOk(isGuideId('toString'))
})

test('every guide takes our entity ID and ACS URL or our metadata, and gives the three values or metadata', async t => {
  for (const { id, steps } of guides) {
    const taken = JSON.stringify(steps)
    const takes = (name: string) => taken.includes(`"ours":"${name}"`) || taken.includes(`{${name}}`)
    t.ok(takes('metadata_url') || (takes('entity_id') && takes('acs_url')), id)
    const given = steps.flatMap(({ gives = [] }) => gives.map(one => one.ours))
    t.same(
      given.sort().filter(name => !name.startsWith('metadata')),
      ['certificates', 'issuer', 'sign_on_url'],
      id,
    )
    t.ok(
      given.some(name => name.startsWith('metadata')),
      id,
    )
  }
})

test('every attribute that a guide sends gives its claim by the defaults of a connection', async t => {
  for (const { id, steps } of guides) {
    const sent = steps.flatMap(({ attributes = [] }) => attributes)
    t.ok(
      sent.some(({ claim }) => claim === 'email'),
      id,
    )
    for (const { name, claim } of sent) t.ok(defaultAttributes[claim]?.includes(name), `${id}: ${name} gives ${claim}`)
  }
})

test('every name in braces is one of ours, and a page has its value in its place', async t => {
  for (const guide of guides) {
    const theirs = guide.id === 'onelogin' ? ['audience'] : []
    for (const [, name = ''] of JSON.stringify(guide).matchAll(/\{([a-z_]+)\}/g)) {
      t.ok([...Object.keys(ours), ...theirs].includes(name), `${guide.id}: {${name}}`)
    }
    const text = pageOf(guide)
    t.notMatch(text, 'sso.example', guide.id)
    t.match(text, base)
    t.match(pageOf(guide, placeholders), 'https://sso.example/saml/&lt;connection&gt;/')
    t.notMatch(text, /[*`]\w/, `${guide.id} has its marks written out`)
  }
})

test('the regular expression for OneLogin fits our ACS URL and nothing beside it', async t => {
  const pattern = new RegExp(values.acs_url_pattern)
  t.match(values.acs_url_pattern, String.raw`^https:\/\/sso\.assay\.example`)
  t.ok(pattern.test(values.acs_url))
  t.notOk(pattern.test(`${values.acs_url}/`))
  t.notOk(pattern.test('https://ssoxassay.example/saml/c1/acs'))
})

test('a page lets every value of ours be copied, and folds a certificate away', async t => {
  const text = pageOf(guideFor('keycloak'))
  t.match(text, `<code>${base}/acs</code><button`)
  t.match(text, '<span class="line">-----BEGIN CERTIFICATE-----</span>')
  t.equal(text.match(/<li>/g)?.length, guideFor('keycloak').steps.length)
  for (const name of [needed.issuer, needed.sign_on_url, needed.certificates]) t.match(text, `>${name}</td>`)
})

test('what comes from outside stays text on a page', async t => {
  const hostile = `"><script>alert('x')</script>`
  const bad = valuesOf(Object.fromEntries(Object.keys(ours).map(name => [name, hostile])) as typeof values)
  for (const guide of guides) {
    t.notMatch(pageOf(guide, bad), '<script', guide.id)
    t.notMatch(pageOf(guide, bad), /<style|\sstyle=|\son\w+="/)
  }
  t.equal(render(words('*<b>* `<i>` <u>')), '<em>&lt;b&gt;</em> <code>&lt;i&gt;</code> &lt;u&gt;')
})

test('settings and codes are those by which refusals are explained', async t => {
  t.match(settingsOf(guideFor('okta')), [
    { problem: 'ACS URL', fix: /^Open .*\*Single sign-on URL\* to our ACS URL\.$/ },
  ])
  t.same(settingsOf(guideFor('rippling')), [])
  t.match(guideAsMarkdown(guideFor('entra-id')), '**AADSTS50105.** The person is not assigned to the application.')
  t.match(guideAsMarkdown(guideFor('adfs')), '**MSIS7070.**')
  t.same(codesOf(guideFor('okta')), [])
})
