// The demo's wiring: its identity providers become connections through the same verb as any other, its backend talks HTTP.

import type { FastifyInstance } from 'fastify'
import { type Author, system } from './audit/event.ts'
import { connectionStore } from './connections/store.ts'
import { demoIdpMetadata, idpEntityId } from './demo/metadata.ts'
import { type TenantId, tenants } from './demo/people.ts'
import { demoPlugin } from './demo/plugin.ts'
import { loginStore } from './logins/store.ts'
import { problems } from './problem.ts'
import type { World } from './world.ts'

type Create = (body: object, author: Author) => Promise<{ id: string }>

/** Adds the demo to a service that is not listening yet; `create` is the verb behind `POST /connections`. */
export async function addDemo(app: FastifyInstance, world: World, create: Create): Promise<void> {
  const { config, db, sealer, clock, random } = world
  const { publicUrl, dataDir } = config
  const keys = { dataDir, clock, random }
  const ids = new Map<string, string>()
  for (const tenant of Object.keys(tenants) as TenantId[]) ids.set(tenant, await demoConnection(world, create, tenant))
  const attempts = loginStore(db, sealer)
  await app.register(demoPlugin, {
    ...keys,
    publicUrl,
    baseUrl: () => listening(app),
    connections: async () => Object.fromEntries(ids),
    explain: async traceId => {
      const attempt = await attempts.attempt(traceId)
      if (!attempt) return null
      const { code, outcome, checks, at } = attempt
      return {
        traceId,
        outcome,
        code,
        title: code === null ? 'The sign-in was accepted' : problems[code][1],
        checks,
        at,
      }
    },
  })
}

async function demoConnection({ config, db, clock, random }: World, create: Create, tenant: TenantId): Promise<string> {
  const { publicUrl, dataDir } = config
  const issuer = idpEntityId(publicUrl, tenant)
  const known = await connectionStore(db).list({ tenant, limit: 200 })
  const found = known.find(one => one.issuer === issuer)
  if (found) return found.id
  const metadata_xml = await demoIdpMetadata({ publicUrl, dataDir, clock, random }, tenant)
  const { name, domain } = tenants[tenant]
  const roles = [{ if: { groups: ['admins'] }, grant: ['admin'] }]
  const made = await create({ tenant, name: `${name} (demo)`, domains: [domain], metadata_xml, roles }, system)
  return made.id
}

function listening(app: FastifyInstance): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const host =
    typeof address === 'object' && address && !['0.0.0.0', '::'].includes(address.address)
      ? address.address
      : '127.0.0.1'
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
