import { test } from 'tap'
import { lexicalGate, limits } from '../../src/saml/lexical.ts'

const code = (text: string) => {
  try {
    lexicalGate(text)
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a byte order mark and an XML 1.0 declaration are taken off, everything else stays', async t => {
  t.equal(
    lexicalGate('\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<a b="&#13;">x</a>'),
    '\r\n<a b="&#13;">x</a>',
  )
  t.equal(lexicalGate(`<?xml version='1.0'?><a/>`), '<a/>')
  t.equal(lexicalGate('<a><![CDATA[<!-- no comment --><?no?>]]></a>'), '<a><![CDATA[<!-- no comment --><?no?>]]></a>')
})

test('what no SAML message needs is refused', async t => {
  const forbidden = [
    '<!DOCTYPE a><a/>',
    '<a><!-- c --></a>',
    '<a><?pi?></a>',
    '<?xml version="1.1"?><a/>',
    '<a>\u0000</a>',
    '<a>\ud800</a>',
    '<a>\uffff</a>',
    '<a/><?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-16"?><a/>',
  ]
  for (const text of forbidden) t.equal(code(text), 'xml_forbidden', JSON.stringify(text))
  for (const text of ['<a', '<a b="', '<a b=">', '<![CDATA[x', '<', '<>']) t.equal(code(text), 'xml_malformed', text)
})

test('the caps hold to the one', async t => {
  const elements = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`
  t.equal(code(elements(limits.elements)), null)
  t.equal(code(elements(limits.elements + 1)), 'xml_limits')
  const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
  t.equal(code(deep(limits.depth)), null)
  t.equal(code(deep(limits.depth + 1)), 'xml_limits')
  const wide = (count: number) => `<a ${Array.from({ length: count }, (_, at) => `b${at}="'>"`).join(' ')}/>`
  t.equal(code(wide(limits.attributes)), null)
  t.equal(code(wide(limits.attributes + 1)), 'xml_limits')
  const many = (all: number) => `<r>${wide(50).repeat(all / 50)}</r>`
  t.equal(code(many(limits.allAttributes)), null)
  t.equal(code(many(limits.allAttributes + 50)), 'xml_limits')
  for (const name of ['Signature', 'Transform', 'EncryptedKey', 'Reference'] as const) {
    const many = (count: number) => `<a>${`<x:${name}/><${name}X/>`.repeat(count)}</a>`
    t.equal(code(many(limits[name])), null, name)
    t.equal(code(many(limits[name] + 1)), 'xml_limits', name)
  }
  t.equal(code(`<a b="${'<'.repeat(3)}"/>`), 'xml_malformed')
})

test('it is linear: the worst quarter of a megabyte takes milliseconds', async t => {
  const size = 256 * 1024
  const worst = [
    '<a b="x" '.repeat(size / 9),
    '<a '.repeat(size / 3),
    `<a ${'b="" '.repeat(size / 5)}/>`,
    '"'.repeat(size),
    `<a>${'&amp;'.repeat(size / 5)}</a>`,
    `<${'a'.repeat(size)}`,
    `<a ${"'".repeat(size)}>`,
  ]
  for (const text of worst) {
    const before = performance.now()
    code(text)
    t.ok(performance.now() - before < 250, text.slice(0, 12))
  }
})
