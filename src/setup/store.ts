// Set-up links, the browsers that opened them, and tests under way, in PostgreSQL.

import type { Queryable } from '../db/pool.ts'
import type { Sealer } from '../seal.ts'
import type { SetupDraft } from './draft.ts'
import type { SetupLink, SetupSession, SetupTest } from './link.ts'
import type { TestResult } from './test-result.ts'

const linkColumns = ['id', 'tenant', 'connection_id', 'target_id', 'uses', 'used', 'created_at', 'expires_at'] as const
const links = (alias = '') => linkColumns.map(name => alias + name).join(', ')

/** The additional data under which a browser's test is sealed. */
export const testContext = (sessionId: string): string => `setup-test:${sessionId}`

type SessionRow = Omit<SetupSession, 'link'> & SetupLink & { session_id: string; session_expires_at: Date }

/** The SQL of the fitting room. */
export function setupStore(db: Queryable, sealer: Sealer) {
  return {
    /** Keeps a new link. */
    async insert(link: SetupLink, tokenHash: Buffer): Promise<void> {
      const places = linkColumns.map((_, at) => `$${at + 2}`).join(', ')
      const values = linkColumns.map(name => link[name])
      await db.query(`insert into setup_links (token_hash, ${links()}) values ($1, ${places})`, [tokenHash, ...values])
    },

    /** Links, newest first; `before` is the id after which the page goes on. */
    list(tenant: string | undefined, before: string | undefined, limit: number): Promise<SetupLink[]> {
      return db.query<SetupLink>(
        `select ${links()} from setup_links
         where ($1::text is null or tenant = $1)
           and ($2::text is null or (created_at, id) < (select created_at, id from setup_links where id = $2))
         order by created_at desc, id desc limit $3`,
        [tenant ?? null, before ?? null, limit],
      )
    },

    /** One link by its id. */
    async find(id: string): Promise<SetupLink | undefined> {
      const [link] = await db.query<SetupLink>(`select ${links()} from setup_links where id = $1`, [id])
      return link
    },

    /** The id of the live link with this token, without counting. */
    async linkOf(tokenHash: Buffer, now: Date): Promise<string | undefined> {
      const [row] = await db.query<{ id: string }>(
        'select id from setup_links where token_hash = $1 and expires_at > $2',
        [tokenHash, now],
      )
      return row?.id
    },

    /** Counts one more browser and lets it in, or answers false: the link is unknown, over or used up. */
    async open(
      tokenHash: Buffer,
      session: { id: string; secretHash: Buffer; until: Date },
      now: Date,
    ): Promise<boolean> {
      const rows = await db.query(
        `with link as (
           update setup_links set used = used + 1 where token_hash = $1 and expires_at > $2 and used < uses
           returning id, expires_at
         )
         insert into setup_sessions (id, secret_hash, link_id, created_at, expires_at)
         select $3, $4, id, $2, least($5, expires_at) from link returning 1`,
        [tokenHash, now, session.id, session.secretHash, session.until],
      )
      return rows.length > 0
    },

    /** Takes a link back, with all that hangs on it, and answers it; undefined where there is none. */
    async remove(id: string): Promise<SetupLink | undefined> {
      const [link] = await db.query<SetupLink>(`delete from setup_links where id = $1 returning ${links()}`, [id])
      return link
    },

    /** The browser that holds a secret. */
    async session(secretHash: Buffer, now: Date): Promise<SetupSession | undefined> {
      return sessionOf(
        await db.query<SessionRow>(
          `select ${links('l.')}, l.draft, l.passed_settings, s.id as session_id, s.expires_at as session_expires_at
           from setup_sessions s join setup_links l on l.id = s.link_id
           where s.secret_hash = $1 and s.expires_at > $2 and l.expires_at > $2`,
          [secretHash, now],
        ),
      )
    },

    /** The draft that will be the connection with this id, while there is none yet. */
    async upcoming(targetId: string, now: Date): Promise<{ draft: SetupDraft } | undefined> {
      const [row] = await db.query<{ draft: SetupDraft }>(
        'select draft from setup_links where target_id = $1 and connection_id is null and expires_at > $2',
        [targetId, now],
      )
      return row
    },

    /** Writes members of a link's draft over what it says. */
    async save(linkId: string, part: SetupDraft): Promise<void> {
      await db.query('update setup_links set draft = draft || $2::jsonb where id = $1', [linkId, JSON.stringify(part)])
    },

    /** The connection of a link is there now. */
    async settle(linkId: string): Promise<void> {
      await db.query('update setup_links set connection_id = target_id where id = $1', [linkId])
    },

    /** Keeps a test that begins. */
    async begin(test: SetupTest): Promise<void> {
      await db.query(
        `insert into setup_tests (relay_state_hash, browser_hash, request_id, session_id, settings_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          ...[test.relay_state_hash, test.browser_hash, test.request_id, test.session_id],
          ...[test.settings_hash, test.created_at, test.expires_at],
        ],
      )
    },

    /** Takes a test from under way, once: of this browser, at the connection of its link, in time. */
    async take(relayStateHash: Buffer, browserHash: Buffer, targetId: string, now: Date) {
      const [test] = await db.query<SetupTest>(
        `delete from setup_tests t using setup_sessions s, setup_links l
         where t.relay_state_hash = $1 and t.browser_hash = $2 and t.expires_at > $4
           and s.id = t.session_id and s.expires_at > $4 and l.id = s.link_id and l.target_id = $3 and l.expires_at > $4
         returning t.*`,
        [relayStateHash, browserHash, targetId, now],
      )
      if (!test) return undefined
      const rows = await db.query<SessionRow>(
        `select ${links('l.')}, l.draft, l.passed_settings, s.id as session_id, s.expires_at as session_expires_at
         from setup_sessions s join setup_links l on l.id = s.link_id where s.id = $1`,
        [test.session_id],
      )
      const session = sessionOf(rows)
      return session && { test, session }
    },

    /** Keeps what a test showed, for its browser only; where it passed, the link knows with which settings. */
    async finish(session: SetupSession, result: TestResult, passed: Buffer | null): Promise<void> {
      const sealed = sealer.seal(Buffer.from(JSON.stringify(result)), testContext(session.id))
      await db.query(
        `with kept as (update setup_sessions set sealed_test = $2 where id = $1 returning link_id)
         update setup_links set passed_settings = $3 where $3::bytea is not null and id in (select link_id from kept)`,
        [session.id, sealed, passed],
      )
    },

    /** What the last test of a browser showed. */
    async result(sessionId: string): Promise<TestResult | undefined> {
      const [row] = await db.query<{ sealed: Buffer | null }>(
        'select sealed_test as sealed from setup_sessions where id = $1',
        [sessionId],
      )
      return row?.sealed ? JSON.parse(sealer.open(row.sealed, testContext(sessionId)).toString()) : undefined
    },
  }
}

/** The SQL of the fitting room, over one database or transaction. */
export type SetupStore = ReturnType<typeof setupStore>

function sessionOf([row]: SessionRow[]): SetupSession | undefined {
  if (!row) return undefined
  const { session_id: id, session_expires_at: expires_at, draft, passed_settings, ...link } = row
  return { id, link, draft, passed_settings, expires_at }
}
