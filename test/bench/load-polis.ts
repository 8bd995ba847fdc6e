// Polis as small as it can be served: its own controllers behind a bare HTTP server, in a process of its own. What its product adds
// around them (Next.js) is left out of its time.

import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface OauthController {
  authorize(query: object): Promise<{ redirect_url?: string; error?: string }>
  samlResponse(form: object): Promise<{ redirect_url?: string; error?: string }>
  token(form: object, authorization?: string): Promise<object>
}

interface Polis {
  oauthController: OauthController
  connectionAPIController: { createSAMLConnection(body: object): Promise<object> }
}

/** What the process is told, as JSON in its only argument. */
export interface PolisOrder {
  folder: string
  options: object
  connections: object[]
}

const { folder, options, connections } = JSON.parse(process.argv[2] ?? '') as PolisOrder
const load = createRequire(join(folder, 'package.json'))
const { controllers } = load('@boxyhq/saml-jackson') as { controllers(options: object): Promise<Polis> }
const quiet = { info: () => undefined, warn: () => undefined }
const { oauthController, connectionAPIController } = await controllers({ ...options, logger: quiet })
for (const one of connections) await connectionAPIController.createSAMLConnection(one)

const server = createServer(async (request, response) => {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (pathname === '/token') {
      const answer = await oauthController.token(await form(request), request.headers.authorization)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      return
    }
    const answer =
      pathname === '/acs'
        ? await oauthController.samlResponse(await form(request))
        : await oauthController.authorize(Object.fromEntries(searchParams))
    if (answer.redirect_url === undefined) throw new Error(answer.error)
    response.writeHead(302, { location: answer.redirect_url }).end()
  } catch (error) {
    response.writeHead(500).end(String(error))
  }
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('disconnect', () => process.exit(0))

async function form(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
}
