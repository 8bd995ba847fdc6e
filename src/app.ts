// Who is wired to whom: the one list. Every capability that a verb has is given to it here, by name; nothing is found by itself.

import type { FastifyInstance } from 'fastify'
import { clientVerbs, connectionVerbs, keyChecker } from './app-admin.ts'
import { openAdminPages } from './app-admin-pages.ts'
import { auditLog } from './app-audit.ts'
import { addDemo } from './app-demo.ts'
import { keyVerbs, openKeyrings } from './app-keys.ts'
import { logoutDoors } from './app-logout.ts'
import { metadataVerbs, noteSigner } from './app-metadata.ts'
import { oauthVerbs } from './app-oauth.ts'
import { readiness } from './app-ready.ts'
import { openWindow } from './app-see.ts'
import { openSessions } from './app-sessions.ts'
import { openSetup } from './app-setup.ts'
import { openWebhooks } from './app-webhooks.ts'
import { type Client, defaultClientId } from './clients/client.ts'
import { assertionAlgs } from './clients/client-keys.ts'
import { clientStore } from './clients/store.ts'
import { openBook } from './connections/book.ts'
import { connectionStore } from './connections/store.ts'
import { adminDoors } from './http/admin.ts'
import { openCookies } from './http/cookies.ts'
import { exampleDoors } from './http/examples.ts'
import { openFastify } from './http/fastify.ts'
import { gatewayDoors } from './http/gateway.ts'
import { keyDoors } from './http/keys.ts'
import { metadataDoors } from './http/metadata.ts'
import { oauthDoors } from './http/oauth.ts'
import { operationDoors } from './http/operation.ts'
import { trustedProxies } from './http/proxies.ts'
import { routes } from './http/router.ts'
import { sessionDoors } from './http/sessions.ts'
import { signInDoors } from './http/sign-in.ts'
import { ssoPolicyDoors } from './http/sso-policy.ts'
import { webhookDoors } from './http/webhooks.ts'
import { wellKnownDoors } from './http/well-known.ts'
import { openJudging } from './judging.ts'
import { findConnections } from './logins/find.ts'
import { finishLogin } from './logins/finish.ts'
import { hashOf } from './logins/login.ts'
import { startLogin } from './logins/start.ts'
import { loginStore } from './logins/store.ts'
import { scopes } from './oauth/scope.ts'
import { Problem } from './problem.ts'
import { samlifyOpinion } from './saml/second-opinion.ts'
import { specification, specificationText } from './specification.ts'
import { discovery } from './tokens/discovery.ts'
import { mintAccessToken } from './tokens/mint.ts'
import { reuseTokens } from './tokens/reuse.ts'
import { publicKeys } from './tokens/signing-key.ts'
import type { World } from './world.ts'

/** Builds the service over a world; the caller listens and closes. */
export async function buildApp(world: World): Promise<FastifyInstance> {
  const { config, db, sealer, logger, clock, random, schema } = world
  const { publicUrl } = config
  const stores = {
    connections: connectionStore(db),
    clients: clientStore(db),
    logins: loginStore(db, sealer),
  }
  const keyrings = openKeyrings(world)
  const { keyring, spKeys } = keyrings
  const book = openBook(stores.connections.find)
  const cookies = openCookies(publicUrl, config.cookieDomain, config.loginTtl)
  const findClient = clientFinder(stores.clients)
  const onError = (err: unknown) => logger.warn({ err }, 'the database is away; going on with what is known')
  const window = await openWindow(world)
  const { meters } = window
  const sessions = openSessions(world, { keyring, findClient, onError, ended: meters.sessionsEnded })
  const connections = connectionVerbs(world, spKeys, sessions.changed)

  const tools = { schema, opinion: config.crossCheck ? samlifyOpinion : undefined }
  const judging = openJudging(tools, window.watch)

  const { metadata } = connections
  const setup = openSetup(world, { spKeys, judge: judging.judge, cookies, changed: sessions.changed, metadata })

  const find = findConnections({ list: stores.connections.list })
  const knownClient = clientFinder({ ...stores.clients, find: sessions.findClient })
  const start = startLogin({
    ...{ book, findClient: knownClient, clock, random, publicUrl },
    save: stores.logins.save,
    signingKey: spKeys.signing,
    loginTtl: config.loginTtl,
  })
  const signIn = signInDoors({
    ...{ find, start },
    finish: window.counted(
      finishLogin({
        ...{ book, clock, random, publicUrl, defaultClientId },
        inquire: window.inquire,
        judge: judging.judge,
        secondSchema: world.jvmSchema,
        lookup: window.timed('lookup', stores.logins.lookup),
        decryptionKeys: spKeys.decryption,
        lastGroups: stores.logins.lastGroups,
        accept: window.timed('acceptance', sessions.remembering(stores.logins.accept)),
        record: stores.logins.record,
        noteSigner: noteSigner(world),
        onEnded: sessions.ended,
        sessionTtl: config.sessionTtl,
      }),
    ),
    connectionOf: relayState => stores.logins.connectionOf(hashOf(relayState)),
    ...{ findClient: knownClient, cookies, publicUrl },
    finishTest: setup.finishTest,
    contact: config.supportContact,
    explainUrl: config.demo ? traceId => `/demo/explain/${traceId}` : undefined,
  })
  const signOut = logoutDoors(world, { book, spKeys, tools, sessions, findClient, cookies, refused: meters.refusal })
  const mintNew = mintAccessToken({ keys: keyring.keys, clock, random, issuer: publicUrl, ttl: config.tokenTtl })
  const mint: typeof mintNew = (...of) => mintNew(...of).finally(() => meters.token('minted'))
  const gateway = gatewayDoors({
    resume: sessions.resume,
    mint: reuseTokens({ mint, keys: keyring.keys, clock, onReuse: () => meters.token('memory') }),
    findClient: sessions.findClient,
    ...{ cookies, publicUrl },
    isTrustedProxy: trustedProxies(config.trustedProxies),
  })
  const oauth = oauthDoors(oauthVerbs(world, { ...sessions, find, start, mint, keyring, cookies }))
  const wellKnown = wellKnownDoors({
    jwks: async () => publicKeys(await keyring.published(), clock()),
    discovery: async () => discovery(publicUrl, await keyring.published(), { scopes, assertionAlgs }),
    metadata: setup.metadata,
    openapi: specificationText,
  })
  const clients = clientVerbs(world, sessions.changed)
  const admin = adminDoors({
    connections,
    clients,
    logins: {
      list: ({ connection, cursor, limit }) => stores.logins.attempts(connection, cursor, limit),
      get: stores.logins.attempt,
    },
  })
  const metadataParts = metadataVerbs(world, sessions.changed)
  const refreshing = metadataDoors({ ...connections, ...metadataParts, clock })
  const scrape = window.scrape({ keyring, judging, sessionsInMemory: sessions.inMemory })
  const operation = operationDoors({ ...scrape, ready: readiness(world, keyring) })

  const app = await openFastify({
    logger,
    publicUrl,
    trustedProxies: config.trustedProxies,
    leaving: world.leaving,
    pressure: world.pressure,
    answered: window.answered,
  })
  const webhooks = openWebhooks(world, meters.delivery)
  const keyParts = keyVerbs(world, keyrings)
  const keys = keyDoors(keyParts)
  const doors = {
    ...{ ...signIn, ...signOut, ...gateway, ...oauth, ...sessionDoors(sessions.doors) },
    ...{
      ...wellKnown,
      ...admin,
      ...setup.doors,
      ...refreshing,
      ...auditLog(db, connections),
      ...exampleDoors(connections.get),
      ...ssoPolicyDoors({ list: stores.connections.list, publicUrl }),
      ...keys,
      ...operation,
    },
    ...webhookDoors(webhooks.doors),
  }
  const isAdminKey = keyChecker(world.adminKeyHash)
  await routes(app, { doors, specification: specification(), isAdminKey })
  await setup.addPages(app)
  const pagesParts = {
    ...{ isAdminKey, cookies, connections, clients, sessions, tools },
    refreshing: metadataParts,
    keys: keyParts,
    links: setup.links,
  }
  await openAdminPages(app, world, pagesParts)
  for (const close of [judging.close, webhooks.start(), window.close, scrape.close])
    app.addHook('onClose', async () => close())
  app.addHook('onClose', sessions.start())
  if (config.demo) await addDemo(app, world, connections.create)
  return app
}

type Clients = Pick<ReturnType<typeof clientStore>, 'find' | 'withOrigin'>

// A client by its id, or the one whose origin the return address is at, or the default.
function clientFinder(store: Clients) {
  return async (clientId: string | undefined, returnTo: string | undefined): Promise<Client> => {
    const origin = clientId === undefined && returnTo !== undefined ? URL.parse(returnTo)?.origin : undefined
    const [fitting] = origin === undefined ? [] : await store.withOrigin(origin)
    const client = fitting ?? (await store.find(clientId ?? defaultClientId))
    if (!client) throw new Problem('client_not_found')
    return client
  }
}
