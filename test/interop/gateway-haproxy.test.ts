import { keep } from './gateway.ts'
import { tryGateway } from './gateway-walk.ts'

await tryGateway('haproxy', ['haproxy'], async (home, example) => {
  const script = await keep(home, 'assay.lua', await example('assay.lua'))
  const configuration = (await example('haproxy.cfg')).replace('lua-load assay.lua', `lua-load ${script}`)
  return ['haproxy', '-db', '-f', await keep(home, 'haproxy.cfg', configuration)]
})
