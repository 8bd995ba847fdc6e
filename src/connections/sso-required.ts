// Demanding SSO, so that nobody is locked out: only what has been seen to work is demanded, and somebody may always go another way.

import { type Mistake, Problem } from '../problem.ts'
import { changeOf } from './change.ts'
import type { Connection, ConnectionSettings } from './connection.ts'
import type { ConnectionDraft } from './draft.ts'

const own: readonly string[] = ['sso_required', 'sso_exempt']

/** What is wrong with a demand in itself. */
export function wrongDemand({ sso_required, sso_exempt, domains }: ConnectionSettings): Mistake[] {
  if (!sso_required) return []
  const mistakes: Mistake[] = []
  if (domains.length === 0) mistakes.push({ field: 'domains', message: 'is needed: whose people must sign in here?' })
  if (sso_exempt.length === 0)
    mistakes.push({
      field: 'sso_exempt',
      message: 'is needed: at least one person who gets in when the identity provider does not answer.',
    })
  return mistakes
}

/**
 * Throws `invalid_request` where SSO is demanded from now on, but nobody has got in with the settings as they are: `signedIn` says
 * whether somebody did since a time. What else is changed in the same breath was never tried.
 */
export async function requireProven(
  current: Connection | undefined,
  { settings, certificates }: Pick<ConnectionDraft, 'settings' | 'certificates'>,
  signedIn: (id: string, since: Date) => Promise<boolean>,
): Promise<void> {
  if (!settings.sso_required || current?.sso_required) return
  const say = (message: string) => {
    throw new Problem('invalid_request', { mistakes: [{ field: 'sso_required', message }] })
  }
  if (!current) return say('is for later: sign in through the connection first.')
  const { members } = changeOf(current, { ...current, ...settings, certificates: [...certificates] })
  const others = members.filter(name => !own.includes(name))
  if (others.length > 0) return say('stands beside other changes: make those, sign in, and then demand it.')
  if (!settings.enabled) return say('needs a connection that is switched on.')
  if (!(await signedIn(current.id, current.updated_at)))
    return say(`is possible once somebody has signed in with the settings as they are (version ${current.version}).`)
}

/** Whether somebody must sign in by SSO: a connection of theirs demands it, and does not exempt them. `email` in lower case. */
export function mustSignIn(email: string, connections: readonly Connection[]): boolean {
  const demanding = connections.filter(({ enabled, sso_required }) => enabled && sso_required)
  return demanding.length > 0 && !demanding.some(({ sso_exempt }) => sso_exempt.includes(email))
}
