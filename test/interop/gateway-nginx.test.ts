import { test } from 'tap'
import { openBrowser, visit } from './browser.ts'
import { keep } from './gateway.ts'
import { ask, page, shown, tryGateway, until } from './gateway-walk.ts'

const stage = await tryGateway('nginx', ['nginx'], async (home, example) => {
  const site = await keep(home, 'assay.conf', await example('assay.conf'))
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(one => `${one}_temp_path ${home}/${one};`)
  const main = `worker_processes 1; pid ${home}/nginx.pid; error_log stderr warn; daemon off; user root;
    events {} http { access_log off; ${folders.join(' ')} include ${site}; }`
  return ['nginx', '-e', 'stderr', '-c', await keep(home, 'nginx.conf', main)]
})

test('the question to Assay is not for clients to ask', async t => {
  const before = stage.backend.seen.length
  t.equal((await ask(stage, { path: '/_assay', headers: [['Cookie', stage.cookie]] })).status, 404)
  t.equal(stage.backend.seen.length, before)
})

test('the page for whom the client does not accept leads to a sign-in that it does, and back', async t => {
  const { items } = (await stage.api('GET', '/connections?tenant=globex')) as { items: { id: string }[] }
  await stage.api('PATCH', '/clients/app', { connections: items.map(({ id }) => id) })
  const refused = async () => (await ask(stage, { headers: [page, ['Cookie', stage.cookie]] })).status
  t.equal(await until(refused, 403), 403)
  const { context, page: window } = await visit(t, await openBrowser(t))
  const [, value = ''] = /assay_session=([^;]+)/.exec(stage.cookie) ?? []
  await context.addCookies([{ name: 'assay_session', value, url: stage.gateway }])
  const url = `${stage.gateway}/reports?part=a%26b&year=2026`
  t.equal((await window.goto(url))?.status(), 403)
  await window.getByRole('link', { name: 'Sign in another way' }).click()
  t.match(window.url(), `${stage.publicUrl}/demo/idp/globex/`)
  await window
    .getByRole('button', { name: /Sign in as/ })
    .first()
    .click()
  await window.waitForURL(url)
  t.match((await shown(window)).claims, { tenant: 'globex' })
})
