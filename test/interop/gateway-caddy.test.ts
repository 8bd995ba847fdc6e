import { keep } from './gateway.ts'
import { tryGateway } from './gateway-walk.ts'

await tryGateway('caddy', ['caddy'], async (home, example) => {
  const site = await keep(home, 'Caddyfile', `{\n\tadmin off\n}\n${await example('Caddyfile')}`)
  return ['caddy', 'run', '--adapter', 'caddyfile', '--config', site]
})
