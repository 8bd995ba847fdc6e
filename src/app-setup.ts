// The wiring of the fitting room: links, the pages that they open, and test sign-ins at the ACS.

import type { FastifyInstance } from 'fastify'
import { manageDeps, metadataOf, newId } from './app-admin.ts'
import { recorder } from './app-audit.ts'
import { metadataFetch, metadataVerbs } from './app-metadata.ts'
import { putConnection } from './connections/manage.ts'
import type { SpKeyring } from './connections/sp-keyring.ts'
import { connectionStore } from './connections/store.ts'
import { brokenConstraint } from './db/pool.ts'
import type { FetchDocument } from './fetching/fetch.ts'
import type { Cookies } from './http/cookies.ts'
import { addSetup } from './http/setup.ts'
import { type SetupLinkDeps, setupLinkDoors } from './http/setup-links.ts'
import { Problem } from './problem.ts'
import { hashOf, linkChange } from './setup/link.ts'
import { createLink, openLink, type SetupDeps, switchOn } from './setup/manage.ts'
import { setupStore } from './setup/store.ts'
import { finishTest, startTest, type TestDeps } from './setup/test.ts'
import type { World } from './world.ts'

/** What it shares with the rest of the house; `changed` is told after each change of a connection. */
export interface SetupParts {
  spKeys: SpKeyring
  judge: TestDeps['judge']
  cookies: Cookies
  changed: (ended: readonly string[]) => void
  /** Our metadata of a connection that is there; throws `connection_not_found`. */
  metadata: (id: string) => Promise<string>
}

/** Wires it: doors of the API, the end of a test at the ACS, our metadata also before there is a connection, and the pages. */
export function openSetup(world: World, { spKeys, judge, cookies, changed, metadata: ofConnection }: SetupParts) {
  const { config, db, sealer, clock, random } = world
  const { publicUrl } = config
  const store = setupStore(db, sealer)
  const findConnection = connectionStore(db).find
  const manage = manageDeps(world, changed)
  const deps: SetupDeps = {
    ...{ findConnection, clock, random, publicUrl },
    insert: (link, tokenHash, author) =>
      db.transaction(async tx => {
        await setupStore(tx, sealer).insert(link, tokenHash)
        await recorder(tx, clock)(author, linkChange('setup_link.created', undefined, link))
      }),
    ...{ linkOf: store.linkOf, open: store.open, session: store.session, settle: store.settle },
    put: (...wanted) => putConnection(manage)(...wanted).catch(alreadyMade),
    newId: () => newId(random),
  }
  const tests: TestDeps = {
    ...{ findConnection, judge, clock, random, publicUrl, ttl: config.loginTtl },
    ...{ begin: store.begin, take: store.take, finish: store.finish },
    secondSchema: world.jvmSchema,
    decryptionKeys: spKeys.decryption,
    signingKey: spKeys.signing,
  }
  const metadata = (id: string): Promise<string> =>
    ofConnection(id).catch(async error => {
      const missing = error instanceof Problem && error.code === 'connection_not_found'
      const upcoming = missing ? await store.upcoming(id, clock()) : undefined
      if (!upcoming) throw error
      return metadataOf(unmade(id, upcoming.draft.theirs?.logout_url), publicUrl, spKeys)
    })
  const links: SetupLinkDeps = {
    create: createLink(deps),
    list: ({ tenant, cursor, limit }) => store.list(tenant, cursor, limit),
    find: store.find,
    remove: (id, author) =>
      db.transaction(async tx => {
        const removed = await setupStore(tx, sealer).remove(id)
        if (removed) await recorder(tx, clock)(author, linkChange('setup_link.removed', removed, undefined))
        return removed !== undefined
      }),
  }
  return {
    metadata,
    finishTest: finishTest(tests),
    links,
    doors: setupLinkDoors(links),
    addPages: (app: FastifyInstance) =>
      addSetup(app, {
        ...{ cookies, clock, publicUrl, metadata, findConnection },
        ...metadataVerbs(world, changed),
        fetch: fetchAnew(metadataFetch(world)),
        ...{ save: store.save, result: store.result },
        open: openLink(deps),
        session: secret => store.session(hashOf(secret), clock()),
        start: startTest(tests),
        switchOn: switchOn(deps),
        certificates: async id => [...new Set((await spKeys.published(id)).map(key => key.certificate))],
      }),
  }
}

// Our side of a connection that is not there yet, as it will be.
function unmade(id: string, logoutUrl: string | null | undefined): Parameters<typeof metadataOf>[0] {
  return {
    ...{ id, version: 0, sp_entity_id: null, acs_aliases: [], logout_url: logoutUrl ?? null },
    ...{ sign_requests: true, require_signed: 'any', nameid_format: null },
  }
}

// Nothing is known of it, so it cannot be unchanged.
function fetchAnew(fetch: FetchDocument) {
  return async (url: string) => {
    const fetched = await fetch(url)
    if (fetched === 'unchanged') throw new Problem('internal_error')
    return fetched
  }
}

// Somebody pressed twice, or two browsers did.
function alreadyMade(error: unknown): never {
  if (brokenConstraint(error) === 'connections_pkey') throw new Problem('conflict', { cause: error })
  throw error
}
