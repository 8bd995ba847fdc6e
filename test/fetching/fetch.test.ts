import { once } from 'node:events'
import { createServer as createPlainServer, type RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { t as root, type Test, test } from 'tap'
import { isLoopbackAddress, isPublicAddress } from '../../src/fetching/address.ts'
import { type FetchRules, openFetch } from '../../src/fetching/fetch.ts'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { rsaPair } from '../support/rsa.ts'

const host = 'idp.example'
const pair = rsaPair()
const day = 86_400_000
const ca = selfSignedCertificate({
  ...{ subject: host, ...pair, serial: Buffer.from('01', 'hex') },
  ...{ notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) },
})
const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' })

// One server for all: each test puts its own behaviour behind a path of its own.
const paths = new Map<string, RequestListener>()
const serve: RequestListener = (request, response) => paths.get(request.url ?? '')?.(request, response)
const server = createServer({ key, cert: ca }, serve).listen(0, '127.0.0.1')
const plain = createPlainServer(serve).listen(0, '127.0.0.1')
const started = Promise.all([once(server, 'listening'), once(plain, 'listening')])
root.teardown(() => {
  for (const one of [server, plain]) {
    one.closeAllConnections()
    one.close()
  }
})
const port = (one: { address(): unknown } = server) => (one.address() as AddressInfo).port

// In these tests the loopback address stands for the public internet, under a name that no resolver knows.
async function fetching(t: Test, rules: Partial<FetchRules> = {}) {
  await started
  const asked: string[] = []
  const resolve = async (name: string) => {
    asked.push(name)
    return ['127.0.0.1']
  }
  const fetch = openFetch({ resolve, mayReach: address => address === '127.0.0.1', plain: false, ca, ...rules })
  const path = `/${encodeURIComponent(t.name)}`
  const at = (listener: RequestListener, suffix = '') => {
    paths.set(path + suffix, listener)
    return `https://${host}:${port()}${path}${suffix}`
  }
  return { fetch, at, asked }
}

test('what is not of the public internet is not reached', async t => {
  const not = `
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
    168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1
    192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
    255.255.255.255 :: ::1 0:0:0:0:0:0:0:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::ffff:0:8.8.8.8
    64:ff9b::8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1
    2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254
    fe80::1 fe80::1%eth0 2606:4700::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1
    127.1 0x7f000001 2130706433 0177.0.0.1 localhost 8.8.8.8.nip.io [::1] 8.8.8.8/32 1.1.1.256`
  for (const address of not.trim().split(/\s+/)) t.equal(isPublicAddress(address), false, address)
  t.equal(isPublicAddress(''), false)
  const are = `
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255
    169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0
    223.255.255.255 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700:4700::1111 2a00:1450:4001:80e::200e`
  for (const address of are.trim().split(/\s+/)) t.equal(isPublicAddress(address), true, address)
  for (const address of ['127.0.0.1', '127.3.2.1', '::1']) t.equal(isLoopbackAddress(address), true, address)
  for (const address of ['128.0.0.1', '10.0.0.1', '::', '::ffff:127.0.0.1', '::2', 'localhost'])
    t.equal(isLoopbackAddress(address), false, address)
})

test('a document comes with its validators, and is asked for again with them', async t => {
  const { fetch, at } = await fetching(t)
  const url = at((request, response) => {
    const same = request.headers['if-none-match'] === '"1"' && request.headers['if-modified-since'] === 'then'
    response.writeHead(same ? 304 : 200, { etag: '"1"', 'last-modified': 'then' }).end(same ? '' : '\ufeff<a>ä</a>')
  })
  t.same(await fetch(url), { text: '<a>ä</a>', etag: '"1"', last_modified: 'then' })
  t.equal(await fetch(url, { etag: '"1"', last_modified: 'then' }), 'unchanged')
  t.match(await fetch(url, { etag: '"0"', last_modified: null }), { text: '<a>ä</a>' })
  const never = at((_, response) => response.writeHead(304).end(), '/never')
  t.match(await fetch(never, { etag: null, last_modified: null }), { wrong: /304/ }, 'there is no copy to keep')
})

test('a name is resolved once a request, and the connection goes to the address that was checked', async t => {
  const answers = [['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1', '10.0.0.1'], []]
  const asked: string[] = []
  const resolve = async (name: string) => {
    asked.push(name)
    return answers.shift() ?? []
  }
  const { fetch, at } = await fetching(t, { resolve })
  const hosts: (string | undefined)[] = []
  const url = at((request, response) => {
    hosts.push(request.headers.host)
    response.end('x')
  })
  t.match(await fetch(url), { text: 'x' })
  t.same([asked, hosts], [[host], [`${host}:${port()}`]], 'no second question that could be answered otherwise')
  t.match(await fetch(url), { wrong: /public internet/ })
  t.match(await fetch(url), { wrong: /public internet/ }, 'one bad address among good ones is enough')
  t.match(await fetch(url), { wrong: /no address/ })
  t.equal(hosts.length, 1)
})

test('every redirect is checked again, and three are followed', async t => {
  const { fetch, at, asked } = await fetching(t)
  const to = (location: string, status = 302): RequestListener => {
    return (_, response) => response.writeHead(status, { location }).end()
  }
  const end = at((_, response) => response.end('x'), '/end')
  for (const status of [301, 302, 303, 307, 308]) t.match(await fetch(at(to(end, status))), { text: 'x' }, `${status}`)
  const two = at(to(new URL(at(to(end), '/one')).pathname), '/two')
  const three = at(to(two), '/three')
  asked.length = 0
  t.match(await fetch(three), { text: 'x' })
  t.equal(asked.length, 4)
  t.match(await fetch(at(to(three), '/four')), { wrong: /more than 3 times/ })
  const forbidden = [
    `http://${host}/`,
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://2130706434/',
    'file:///etc/passwd',
  ]
  for (const location of [...forbidden, 'https://a:b@idp.example/', 'javascript:1', '//[', 'https://[::ffff:7f00:1]/'])
    t.match(await fetch(at(to(location))), { wrong: /https URL|public internet|user name/ }, location)
  t.match(await fetch(at((_, response) => response.writeHead(302).end())), { wrong: /./ }, 'without Location')
})

test('only https is asked, outside development', async t => {
  const { fetch, at } = await fetching(t)
  const path = new URL(at((_, response) => response.end('x'))).pathname
  for (const url of [`http://${host}:${port(plain)}${path}`, 'ftp://idp.example/', 'nonsense', '', 'https://'])
    t.match(await fetch(url), { wrong: /https URL/ }, url)
  const { fetch: inDevelopment } = await fetching(t, { plain: true })
  t.match(await inDevelopment(`http://127.0.0.1:${port(plain)}${path}`), { text: 'x' })
})

test('a certificate that is not valid for the name, or of no known root, ends the fetch', async t => {
  const { fetch, at } = await fetching(t)
  const url = at((_, response) => response.end('x'))
  t.match(await fetch(url.replace(host, 'other.example')), { wrong: /ALTNAME/ })
  const { fetch: without } = await fetching(t, { ca: '' })
  t.match(await without(url), { wrong: /SELF_SIGNED/ })
})

test('a large body, a slow one, a compressed one, one that is no text, another status: none is taken', async t => {
  const { fetch, at } = await fetching(t)
  const size = (bytes: number) => at((_, response) => response.end('x'.repeat(bytes)), `/${bytes}`)
  t.equal(((await fetch(size(1024 * 1024))) as { text: string }).text.length, 1024 * 1024)
  t.match(await fetch(size(1024 * 1024 + 1)), { wrong: /1 MB/ })
  const endless = at((_, response) => {
    const more = () => response.write('x'.repeat(65_536), more)
    more()
  }, '/endless')
  t.match(await fetch(endless), { wrong: /1 MB/ })
  const packed = at((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), '/gzip')
  t.match(await fetch(packed), { wrong: /compressed/ })
  t.match(await fetch(at((_, response) => response.end(Buffer.from([0x61, 0xff])), '/bytes')), { wrong: /UTF-8/ })
  t.match(await fetch(at((_, response) => response.writeHead(404).end('x'), '/404')), { wrong: /404/ })
  const cut = at((_, response) => {
    response.writeHead(200, { 'content-length': 10 })
    response.write('x', () => response.destroy())
  }, '/cut')
  t.match(await fetch(cut), { wrong: /reached/ })
  const upgrade = at((_, response) => response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end(), '/101')
  t.match(await fetch(upgrade), { wrong: /./ })
})

test('everything together ends in time, also drop by drop, also the name; and at once when the service leaves', async t => {
  const { fetch, at } = await fetching(t, { timeoutMs: 150 })
  const silent = at(() => undefined, '/silent')
  t.match(await fetch(silent), { wrong: /within 0.15 seconds/ })
  const drops = at((_, response) => {
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  }, '/drops')
  t.match(await fetch(drops), { wrong: /within/ })
  const { fetch: nameless } = await fetching(t, { timeoutMs: 50, resolve: () => new Promise(() => undefined) })
  t.match(await nameless(silent), { wrong: /within/ })
  const { fetch: patient } = await fetching(t)
  const leaving = new AbortController()
  const under = patient(silent, undefined, leaving.signal)
  leaving.abort()
  await t.rejects(under, { name: 'AbortError' })
})
