// The demo as one Fastify plugin, registered only when DEMO is on. @fastify/cookie and @fastify/formbody are there already.

import type { FastifyInstance } from 'fastify'
import { type BackendDeps, backendRoutes } from './backend.ts'
import { type HomeDeps, homeRoutes } from './home.ts'
import { type IdpDeps, idpRoutes } from './idp.ts'

/** All that the demo gets: origins, a place for its keys, time, randomness, and two questions it may ask the house. */
export type DemoOptions = IdpDeps & BackendDeps & HomeDeps

/** The demo's pages and identity providers: `app.register(demoPlugin, options)`. */
export async function demoPlugin(app: FastifyInstance, options: DemoOptions): Promise<void> {
  idpRoutes(app, options)
  homeRoutes(app, options)
  backendRoutes(app, options)
}
