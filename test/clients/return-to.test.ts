import fc from 'fast-check'
import { test } from 'tap'
import { safeReturnTo } from '../../src/clients/return-to.ts'

const ours = 'https://sso.example'
const client = { origins: ['https://app.example', 'http://localhost:3000'] }
const to = (returnTo: string) => safeReturnTo(returnTo, client, ours)

test('a path is ours, a URL must be at one of the client’s origins', async t => {
  t.equal(to('/'), 'https://sso.example/')
  t.equal(to('/a/b?c=d#e'), 'https://sso.example/a/b?c=d#e')
  t.equal(to('https://app.example'), 'https://app.example/')
  t.equal(to('https://app.example/in?x=https://evil.example'), 'https://app.example/in?x=https://evil.example')
  t.equal(to('HTTPS://APP.EXAMPLE/x'), 'https://app.example/x')
  t.equal(to('http://localhost:3000/x'), 'http://localhost:3000/x')
})

test('nothing that a browser could read as another place gets through', async t => {
  const evil = [
    ...[
      '',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '\\/evil.example',
      '/\t/evil.example',
    ],
    ...['/%09/evil', '/%5cevil.example'].filter(one => to(one)?.startsWith(`${ours}/`) !== true),
    ...[
      'https:evil.example',
      'https:/evil.example',
      'https:///evil.example',
      'https://app.example@evil.example',
      'https://user@app.example',
    ],
    ...[
      'https://app.example.evil.example',
      'https://evil.example#https://app.example',
      'https://evil.example?https://app.example',
    ],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'java\nscript:alert(1)',
      ' https://app.example',
      'https://app.example\r\nSet-Cookie: a=b',
    ],
    ...[
      'https://app.example:444',
      'http://app.example',
      'https://app.example.',
      'https://ａpp.example',
      'https://аpp.example',
      'ftp://app.example',
    ],
    ...['https://app.example\\@evil.example', 'https://app.example%2F@evil.example', 'app.example', './x', '?x', '#x'],
    `/${'a'.repeat(3000)}`,
  ]
  for (const one of evil) t.equal(to(one), undefined, JSON.stringify(one).slice(0, 60))
})

test('whatever is let through is, for a browser, at an allowed origin', async t => {
  const allowed = new Set([ours, ...client.origins])
  const piece = fc.constantFrom(
    '/',
    '\\',
    'https:',
    'http:',
    '//',
    '@',
    'evil.example',
    'app.example',
    ':',
    '#',
    '?',
    '.',
    '%2f',
    '\t',
    '\n',
    'ａ',
    '..',
    'x',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 10 }).map(parts => parts.join('')),
    fc.webUrl(),
  )
  fc.assert(
    fc.property(text, returnTo => {
      const safe = to(returnTo)
      if (safe === undefined) return true
      return allowed.has(new URL(safe).origin) && allowed.has(new URL(returnTo, ours).origin)
    }),
    { numRuns: 3000 },
  )
  t.pass('3,000 addresses')
})
