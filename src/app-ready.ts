// Whether this process should be sent people: what /readyz asks for.

import { pendingMigrations } from './db/migrate.ts'
import { migrationsFolder } from './migrations.ts'
import { Problem } from './problem.ts'
import type { Keyring } from './tokens/keyring.ts'
import { currentKey } from './tokens/signing-key.ts'
import type { World } from './world.ts'

/** Throws `unavailable` with what is missing: this process is not leaving, the database takes writes, the schema is at head, a key signs. */
export function readiness({ db, clock, leaving }: World, keyring: Keyring): () => Promise<void> {
  const want = (fits: boolean, detail: string) => {
    if (!fits) throw new Problem('unavailable', { detail })
  }
  return async () => {
    want(!leaving.aborted, 'This process is leaving.')
    const [writes] = await db.query<{ read_only: string }>(
      `select current_setting('transaction_read_only') as read_only`,
    )
    want(writes?.read_only === 'off', 'The database takes no writes.')
    want((await pendingMigrations(db, migrationsFolder)).length === 0, 'The schema is not at head.')
    await keyring.refresh()
    want(currentKey(await keyring.keys(), clock()) !== undefined, 'No key may sign.')
  }
}
