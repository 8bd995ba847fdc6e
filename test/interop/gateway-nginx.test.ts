import { test } from 'tap'
import { keep } from './gateway.ts'
import { ask, tryGateway } from './gateway-walk.ts'

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
