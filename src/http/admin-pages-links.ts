// The page of set-up links.

import { linksPage } from '../pages/admin-links.ts'
import { Problem } from '../problem.ts'
import type { SetupLink } from '../setup/link.ts'
import { telling } from './admin-notices.ts'
import { type AdminScene, type Desk, go } from './admin-pages.ts'
import { textOf } from './admin-pages-connections.ts'
import { sendPage } from './send.ts'
import { fieldOf } from './setup-form.ts'
import type { SetupLinkDeps } from './setup-links.ts'

const path = '/admin/links'
const perPage = 50
const lives = [86_400, 604_800, 2_592_000]

/** Adds it. The address of a new link is shown in the answer to its form, and nowhere else. */
export function addLinkPages({ read, change }: Desk, deps: SetupLinkDeps): void {
  read(path, async ({ view }, { query }, reply) => {
    const { after, tenant, connection } = query as Record<string, unknown>
    const given = { tenant: textOf(tenant) ?? '', connection: textOf(connection) ?? '' }
    return sendPage(
      reply,
      linksPage(view, { ...(await listed(deps, textOf(after))), given, made: undefined, error: undefined }),
    )
  })
  change(path, async ({ view, author }, request, reply) => {
    const given = { tenant: fieldOf(request, 'tenant'), connection: fieldOf(request, 'connection') }
    const error = await mistakeOf(deps, given, request, author)
    if ('field' in error)
      return sendPage(reply.code(400), linksPage(view, { ...(await listed(deps)), given, made: undefined, error }))
    const { link, url } = error
    const made = { url, tenant: link.tenant, expiresAt: link.expires_at }
    return sendPage(
      reply,
      linksPage(view, { ...(await listed(deps)), given: { tenant: '', connection: '' }, made, error: undefined }),
    )
  })
  change(`${path}/revoke`, async ({ author }, request, reply) => {
    if (!(await deps.remove(fieldOf(request, 'id'), author))) throw new Problem('not_found')
    return go(reply, telling(path, 'link-revoked'))
  })
}

type Given = { tenant: string; connection: string }

// Makes the link, or says what to change in the form.
async function mistakeOf(
  { create }: SetupLinkDeps,
  { tenant, connection }: Given,
  request: Parameters<typeof fieldOf>[0],
  author: AdminScene['author'],
) {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(tenant))
    return {
      field: 'tenant' as const,
      message: 'Begin with a lower case letter or a digit; then letters, digits, dots, dashes, at most 63.',
    }
  const seconds = Number(fieldOf(request, 'expires_in'))
  const expires_in = lives.includes(seconds) ? { expires_in: seconds } : {}
  try {
    return await create({ tenant, ...(connection === '' ? {} : { connection }), ...expires_in }, author)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'connection_not_found') throw error
    return { field: 'connection' as const, message: `${tenant} has no connection with this id.` }
  }
}

async function listed({ list }: SetupLinkDeps, cursor?: string | undefined) {
  const found = await list({ ...(cursor === undefined ? {} : { cursor }), limit: perPage + 1 })
  const rows = found.slice(0, perPage).map(linkRow)
  const last = found.length > perPage ? rows.at(-1)?.id : undefined
  return { rows, next: last && `${path}?${new URLSearchParams({ after: last })}` }
}

function linkRow({ id, tenant, uses, used, connection_id, created_at, expires_at }: SetupLink) {
  return { id, tenant, uses, used, connection: connection_id, createdAt: created_at, expiresAt: expires_at }
}
