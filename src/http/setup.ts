// The set-up pages: what the IT admin of a customer sees, who has a link and no account. The token leaves the address bar at once; a
// cookie at /setup takes its place, which is nothing to any other door. Every form carries the browser's own token.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Connection } from '../connections/connection.ts'
import { valuesOf } from '../guides/guide.ts'
import type { Started } from '../logins/start.ts'
import { setupOnPage, setupOverPage } from '../pages/setup-on.ts'
import { setupPeoplePage } from '../pages/setup-people.ts'
import { setupProviderPage } from '../pages/setup-provider.ts'
import { setupTestPage } from '../pages/setup-test.ts'
import { setupTheirsPage, type TheirsView } from '../pages/setup-theirs.ts'
import { setupValuesPage } from '../pages/setup-values.ts'
import { type Mistake, Problem } from '../problem.ts'
import { mistakesOfPeople, type SetupDraft } from '../setup/draft.ts'
import { requireFormToken, type SetupSession } from '../setup/link.ts'
import { readFollowed, readPasted } from '../setup/pasted.ts'
import type { TestResult } from '../setup/test-result.ts'
import type { Cookies } from './cookies.ts'
import { onError, wantsPage } from './problems.ts'
import { sendPage } from './send.ts'
import { addCertificateSteps, type CertificatesDeps } from './setup-certificates.ts'
import { fieldOf, largestForm, pastedIn, peopleIn, sampleIn, takeFiles } from './setup-form.ts'
import * as views from './setup-view.ts'
import { file, goOn } from './setup-view.ts'
import { sendToProvider } from './sign-in.ts'

/** The verbs behind these pages; secrets are the values of cookies. */
export interface SetupPagesDeps extends CertificatesDeps {
  open: (token: string, secret: string | undefined) => Promise<{ secret: string; expiresAt: Date }>
  session: (secret: string) => Promise<SetupSession | undefined>
  save: (linkId: string, part: SetupDraft) => Promise<void>
  result: (sessionId: string) => Promise<TestResult | undefined>
  start: (session: SetupSession, browser: string | undefined) => Promise<Started>
  switchOn: (session: SetupSession) => Promise<Connection>
  findConnection: (id: string) => Promise<Connection | undefined>
  metadata: (id: string) => Promise<string>
  /** Fetches the metadata of an identity provider, or answers what to say after its address. */
  fetch: (url: string) => Promise<{ text: string } | { wrong: string }>
  certificates: (id: string) => Promise<string[]>
  cookies: Cookies
  publicUrl: string
}

/** Answers one request of a set-up page. */
export type Step = (scene: views.Scene, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

const opening = { rateLimit: { max: 30, timeWindow: 60_000 } }
const inside = { rateLimit: { max: 600, timeWindow: 60_000 } }

/** Adds the pages under /setup. */
export async function addSetup(app: FastifyInstance, deps: SetupPagesDeps): Promise<void> {
  await app.register(async scope => {
    takeFiles(scope)
    scope.setErrorHandler((error: Problem, request, reply) => overPage(error, request, reply))
    scope.get<{ Params: { token: string } }>(
      '/setup/:token',
      { config: opening, exposeHeadRoute: false },
      async (request, reply) => {
        const { secret, expiresAt } = await deps.open(request.params.token, deps.cookies.setup(request))
        deps.cookies.setSetup(reply, secret, expiresAt)
        return goOn(reply, '/setup')
      },
    )
    const get = (path: string, step: Step) =>
      scope.get(path, { config: inside, exposeHeadRoute: false }, async (request, reply) =>
        step(await sceneFor(deps, request), request, reply),
      )
    const post = (path: string, step: Step) =>
      scope.post(path, { config: inside, bodyLimit: largestForm }, async (request, reply) => {
        const scene = await sceneFor(deps, request)
        requireFormToken(deps.cookies.setup(request) ?? '', fieldOf(request, 'form_token'))
        return step(scene, request, reply)
      })
    readingSteps(get, deps)
    addCertificateSteps(get, post, deps)
    writingSteps(post, deps)
  })
}

async function sceneFor(
  { cookies, session, findConnection, clock }: SetupPagesDeps,
  request: FastifyRequest,
): Promise<views.Scene> {
  const secret = cookies.setup(request)
  const found = secret === undefined ? undefined : await session(secret)
  if (secret === undefined || !found) throw new Problem('setup_session_over')
  const current = await findConnection(found.link.target_id)
  // It was given to another tenant since the link was made.
  if (current && current.tenant !== found.link.tenant) throw new Problem('setup_session_over')
  return views.sceneOf(found, secret, current, clock())
}

function readingSteps(get: (path: string, step: Step) => void, deps: SetupPagesDeps): void {
  const { result, clock, publicUrl } = deps
  get('/setup', async (scene, _, reply) => {
    const refused = scene.current ? await deps.signers(scene.current.id) : []
    return goOn(reply, `/setup/${refused.length > 0 ? 'certificates' : views.nextStep(scene)}`)
  })
  get('/setup/provider', async ({ view, provider, guide }, _, reply) => {
    const chosen = provider && guide.id
    return sendPage(reply, setupProviderPage({ ...view, providers: views.providerChoices(), chosen }))
  })
  get('/setup/values', async ({ guide, ...scene }, _, reply) => {
    const id = scene.session.link.target_id
    const certificates = await deps.certificates(id)
    const addresses = { ...views.ourSide(scene, publicUrl), login_url: `${publicUrl}/login/${id}` }
    const values = valuesOf({ ...addresses, certificate: certificates[0] ?? '' })
    return sendPage(reply, setupValuesPage({ ...scene.view, guide, values, certificates }))
  })
  get('/setup/metadata.xml', async ({ session }, _, reply) =>
    file(reply, 'assay-metadata.xml', 'application/samlmetadata+xml').send(await deps.metadata(session.link.target_id)),
  )
  get('/setup/certificate.crt', async ({ session }, _, reply) =>
    file(reply, 'assay.crt', 'application/x-pem-file').send(
      (await deps.certificates(session.link.target_id)).join('\n'),
    ),
  )
  get('/setup/theirs', async (scene, _, reply) => theirs(reply, scene, { known: views.knownOf(scene, clock()) }))
  get('/setup/people', async (scene, _, reply) => people(deps, reply, scene, { mistakes: [] }))
  get('/setup/test', async (scene, _, reply) =>
    sendPage(reply, setupTestPage({ ...scene.view, ...views.testOf(scene, await result(scene.session.id)) })),
  )
  get('/setup/on', async (scene, _, reply) => {
    const { view, words, passed, on, changed, candidate, session } = scene
    const signInUrl = `${publicUrl}/login/${session.link.target_id}`
    const issuer = candidate?.connection.issuer
    return sendPage(
      reply,
      setupOnPage({ ...view, ...{ provider: words.title, passed, on, changed, issuer, signInUrl } }),
    )
  })
}

function writingSteps(post: (path: string, step: Step) => void, deps: SetupPagesDeps): void {
  const { save, publicUrl } = deps
  post('/setup/provider', async ({ session }, request, reply) => {
    const chosen = views.chosenGuide(fieldOf(request, 'provider'))
    if (!chosen) throw new Problem('invalid_request', { detail: 'Choose one of the identity providers.' })
    await save(session.link.id, chosen)
    return goOn(reply, '/setup/values')
  })
  post('/setup/theirs', async (scene, request, reply) => {
    const around = { ours: views.ourSide(scene, publicUrl), publicUrl, where: scene.words }
    const pasted = pastedIn(request)
    const first = readPasted(pasted, around)
    const reading = first.fetch === undefined ? first : readFollowed(pasted, await deps.fetch(first.fetch), around)
    const { theirs: read, mistakes, notices, shown } = reading
    if (!read) return theirs(reply.code(400), scene, { values: { ...shown }, mistakes, notices })
    await save(scene.session.link.id, { theirs: read, notices })
    return goOn(reply, '/setup/theirs')
  })
  post('/setup/people', async (scene, request, reply) => {
    const { draft, link } = scene.session
    const part = peopleIn(request)
    const sample = sampleIn(request)
    const mistakes = mistakesOfPeople({ ...draft, ...part }, link.tenant, scene.current, deps.clock())
    if (mistakes.length > 0) return people(deps, reply.code(400), withPart(scene, part), { mistakes, sample })
    await save(link.id, part)
    const stays = fieldOf(request, 'try') !== '' || fieldOf(request, 'preset') !== ''
    return stays ? people(deps, reply, withPart(scene, part), { mistakes, sample }) : goOn(reply, '/setup/test')
  })
  post('/setup/test', async ({ session, candidate }, request, reply) => {
    if (!candidate) return goOn(reply, '/setup/test')
    return sendToProvider(deps.cookies, await deps.start(session, deps.cookies.browser(request)), reply)
  })
  post('/setup/on', async ({ session }, _, reply) => {
    await deps.switchOn(session)
    return goOn(reply, '/setup/on')
  })
}

function theirs(reply: FastifyReply, { view, words, current }: views.Scene, shown: Partial<TheirsView>): FastifyReply {
  const none = { known: undefined, values: {}, mistakes: [], notices: [], there: current !== undefined }
  return sendPage(reply, setupTheirsPage({ ...view, ...{ provider: words.title, words }, ...none, ...shown }))
}

type Told = { mistakes: Mistake[]; sample?: string | undefined }

async function people(deps: SetupPagesDeps, reply: FastifyReply, scene: views.Scene, { mistakes, sample }: Told) {
  const shown = views.peopleOf(scene, await deps.result(scene.session.id), sample)
  return sendPage(reply, setupPeoplePage({ ...scene.view, ...shown, mistakes }))
}

function withPart(scene: views.Scene, part: SetupDraft): views.Scene {
  return { ...scene, session: { ...scene.session, draft: { ...scene.session.draft, ...part } } }
}

const overLeads = {
  setup_link_over: 'Its time is over, it was opened as often as it may be, or somebody took it back.',
  setup_session_over: 'Open the link that you were sent once more, in this browser.',
} as const

function overPage(error: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message } = error
  if (!wantsPage(request) || (code !== 'setup_link_over' && code !== 'setup_session_over'))
    return onError(error, request, reply)
  return sendPage(reply.code(error.status), setupOverPage({ title: message, lead: overLeads[code] }))
}
