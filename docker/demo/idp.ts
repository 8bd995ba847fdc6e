// The identity provider of the demo's two companies, at an origin of its own; it answers to Assay only.

import { randomBytes } from 'node:crypto'
import closeWithGrace from 'close-with-grace'
import { idpRoutes } from '../../src/demo/idp.ts'
import { openFastify } from '../../src/http/fastify.ts'
import { openLog } from '../../src/log.ts'

const {
  PUBLIC_URL: publicUrl = '',
  ASSAY_URL: assayUrl = '',
  APP_URL: appUrl = '',
  DATA_DIR: dataDir = '',
} = process.env
const clock = () => new Date()
const app = await openFastify({ logger: openLog('info'), publicUrl, trustedProxies: [], pressure: () => 'none' })
idpRoutes(app, { publicUrl, acsOrigins: [assayUrl], dataDir, clock, random: randomBytes })
app.get('/', (_, reply) => reply.redirect(appUrl))
await app.listen({ port: 8082, host: '0.0.0.0' })
closeWithGrace(() => app.close())
