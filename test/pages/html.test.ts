import fc from 'fast-check'
import { test } from 'tap'
import { address, html, render } from '../../src/pages/html.ts'

const decode = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'")

test('any text comes out as itself, with nothing that a browser takes for markup', async t => {
  const property = fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, attribute) => {
    const [, shown = '', quoted = ''] =
      /^<p title="([^"]*)">([^<>"']*)<\/p>$/s.exec(render(html`<p title="${attribute}">${text}</p>`)) ?? []
    return decode(shown) === attribute && decode(quoted) === text
  })
  fc.assert(property)
  t.equal(
    render(html`<p>${`<script>alert("&'")</script>`}</p>`),
    '<p>&lt;script&gt;alert(&quot;&amp;&#39;&quot;)&lt;/script&gt;</p>',
  )
})

test('markup made by html passes through another html unchanged', async t => {
  const inner = html`<b>${'a < b'}</b>`
  t.equal(render(html`<p>${inner}</p>`), '<p><b>a &lt; b</b></p>')
})

test('lists are joined and each of their values is escaped', async t => {
  t.equal(render(html`<ul>${['<', html`<li>`, [1, '>']]}</ul>`), '<ul>&lt;<li>1&gt;</ul>')
})

test('null, undefined and false show nothing, zero and the empty text show themselves', async t => {
  t.equal(render(html`[${null}${undefined}${false}]`), '[]')
  t.equal(render(html`[${0}${''}]`), '[0]')
})

test('an object that came out of JSON is not taken for markup', async t => {
  const forged = JSON.parse('{"markup":"<script>","Symbol(html)":"<script>"}')
  t.equal(render(html`[${forged}]`), '[]')
})

test('addresses of this origin, http and https pass', async t => {
  const good = [
    '/',
    '/login/x?return_to=%2F',
    '?page=2',
    '#main',
    'https://idp.example/sso?a=b',
    'http://localhost:8080/x',
  ]
  for (const url of good) t.equal(address(url), url)
})

test('addresses that run a script or leave for another origin unseen do not pass', async t => {
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:x',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    '/\tx',
    'https://',
    '',
    'x',
  ]
  for (const url of bad) t.equal(address(url), '#')
})
