// The binding to libxml2: what it reads from memory is what the library's own classes read, what it writes keeps the meaning, and
// what it borrows it gives back.

import fc from 'fast-check'
import { XmlElement as LibraryElement, XmlDocument, XmlText } from 'libxml2-wasm'
import { test } from 'tap'
import { libxml2 } from '../../src/saml/libxml2.ts'
import { canonicalize, cutOut, descendants, openXml, remove, withXml, type XmlElement } from '../../src/saml/xml.ts'
import { scene } from '../support/attack.ts'
import { schema } from '../support/schema.ts'

const exclusive = { exclusive: true, inclusivePrefixes: [] }

interface Plain {
  name: string
  uri: string
  attributes: [name: string, uri: string, value: string][]
  declarations: [prefix: string, uri: string][]
  text: string
  children: Plain[]
}

function ours({ name, namespaceUri, attributes, declarations, text, children }: XmlElement): Plain {
  return {
    ...{ name, uri: namespaceUri, text, children: children.map(ours) },
    attributes: attributes.map(one => [one.name, one.namespaceUri, one.value]),
    declarations: declarations.map(([prefix, uri]) => [prefix, uri]),
  }
}

function theirs(node: LibraryElement): Plain {
  const children: Plain[] = []
  let text = ''
  for (let child = node.firstChild; child; child = child.next) {
    if (child instanceof LibraryElement) children.push(theirs(child))
    else if (child instanceof XmlText) text += child.content
  }
  return {
    ...{ name: node.name, uri: node.namespaceUri, text, children },
    attributes: node.attrs.map(one => [one.name, one.namespaceUri, one.value]),
    declarations: Object.entries(node.nsDeclarations),
  }
}

function readByLibrary(xml: string): Plain {
  const document = XmlDocument.fromString(xml)
  try {
    return theirs(document.root)
  } finally {
    document.dispose()
  }
}

const tree = fc.letrec<{ element: string; content: string }>(tie => ({
  element: fc
    .record({
      name: fc.constantFrom('a', 'p:b', 'q:c', 'ünï'),
      attributes: fc.uniqueArray(fc.constantFrom('x', 'p:x', 'q:x', 'y'), { maxLength: 3 }),
      declares: fc.constantFrom('', ' xmlns="urn:d"', ' xmlns=""', ' xmlns:p="urn:other"'),
      value: fc.constantFrom('', 'v', '&#13;&lt;&quot;', '漢字 🜚', 'long '.repeat(40)),
      content: fc.array(tie('content'), { maxLength: 4 }),
    })
    .map(({ name, attributes, declares, value, content }) => {
      const all = attributes.map(one => ` ${one}="${value}"`).join('')
      return `<${name}${declares}${all}>${content.join('')}</${name}>`
    }),
  content: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('text', '<![CDATA[<&]]>', '&#x10FFFF;', '\n '),
    tie('element'),
  ),
}))

test('a tree is read as the library itself reads it', async t => {
  const check = (xml: string) =>
    t.same(withXml(xml, ours), readByLibrary(xml.replace(/<!\[CDATA\[<&\]\]>/g, '&lt;&amp;')))
  check(scene().response())
  fc.assert(
    fc.property(tree.element, xml => {
      const whole = `<root xmlns:p="urn:p" xmlns:q="urn:q">${xml}</root>`
      t.same(withXml(whole, ours), readByLibrary(whole.replace(/<!\[CDATA\[<&\]\]>/g, '&lt;&amp;')))
    }),
    { numRuns: 60 },
  )
})

test('an element that stands alone means what it meant where it stood', async t => {
  const xml = '<a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><b xmlns:q="urn:inner"><p:c q:x="1">t</p:c></b></a>'
  const alone = withXml(xml, root => cutOut([...descendants(root)][2] ?? root))
  t.same(
    withXml(alone, root => [root.namespaceUri, root.attributes[0]]),
    ['urn:p', { name: 'x', namespaceUri: 'urn:inner', value: '1' }],
  )
  const canonical = (method: typeof exclusive | { exclusive: boolean; inclusivePrefixes: string[] }) =>
    withXml(xml, root => canonicalize([...descendants(root)][2] ?? root, method))
  t.equal(canonical(exclusive), '<p:c xmlns:p="urn:p" xmlns:q="urn:inner" q:x="1">t</p:c>')
  const inclusive = '<p:c xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:inner" q:x="1">t</p:c>'
  t.equal(canonical({ exclusive: false, inclusivePrefixes: [] }), inclusive)
  t.equal(canonical({ exclusive: true, inclusivePrefixes: ['#default', 'none'] }), inclusive)
})

test('inside and outside are canonicalised one after the other, each without what was taken out of it', async t => {
  withXml('<a><b><c/></b><d/></a>', root => {
    const [b, d] = root.children as [XmlElement, XmlElement]
    t.equal(canonicalize(b.children[0] ?? b, exclusive), '<c></c>')
    t.equal(canonicalize(root, exclusive), '<a><b></b><d></d></a>')
    remove(d)
    t.equal(canonicalize(root, exclusive), '<a><b></b></a>')
    t.equal(canonicalize(b, exclusive), '<b></b>')
  })
})

test('what is not XML throws xml_malformed, and a relative namespace has no canonical form', async t => {
  for (const xml of ['', '<a>', '<a></b>', '<a b="1" b="2"/>', '<p:a/>', '<a>&nbsp;</a>', '<a/><b/>'])
    t.throws(() => openXml(xml), { code: 'xml_malformed' }, xml)
  t.throws(() => withXml('<a xmlns:p="relative"><p:b/></a>', root => canonicalize(root, exclusive)), {
    code: 'xml_forbidden',
  })
})

test('memory that libxml2 was lent comes back, whatever happens on the way', async t => {
  const { response } = scene()
  const xml = response()
  const round = () => {
    withXml(xml, root => {
      schema(root)
      for (const element of [...descendants(root)].slice(0, 8)) canonicalize(element, exclusive)
      remove(root.children[0] ?? root)
      cutOut(root)
    })
    t.throws(() => openXml(xml.slice(0, -5)))
    t.throws(() => withXml('<a/>', schema))
  }
  for (let n = 0; n < 50; n++) round()
  const before = libxml2.HEAPU8.length
  for (let n = 0; n < 1500; n++) round()
  t.equal(libxml2.HEAPU8.length, before)
})
