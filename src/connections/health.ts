// How a connection fares, at a glance: is anybody locked out, and will anybody be soon?

import type { Provider } from './provider.ts'

/** A connection as the overview counts it; sign-ins are those of the last 24 hours. */
export interface Health {
  id: string
  tenant: string
  name: string
  provider: Provider
  enabled: boolean
  /** `locked`: people came, nobody got in. `soon`: something asks for attention. */
  state: HealthState
  accepted: number
  refused: number
  last_sign_in_at: Date | null
  /** When the last of its certificates expires. */
  trusted_until: Date | null
  /** Unknown certificates that signed what was right in everything else, in the last 24 hours. */
  unknown_signers: number
  metadata_failed: boolean
}

/** How a connection stands, the worst first. */
export const healthStates = ['locked', 'soon', 'well', 'off'] as const
/** One of them. */
export type HealthState = (typeof healthStates)[number]

/** How many connections stand how, of all that the search fits. */
export type HealthCounts = Record<HealthState, number>

/** One page of the overview. */
export interface HealthPage {
  items: Health[]
  counts: HealthCounts
}

/** Days before the last certificate's end from which on a connection asks for attention. */
export const attentionDays = 30

const day = 86_400_000

/** What is wrong with a connection, the worst first, each in a few words; nothing for one that is well or switched off. */
export function ailments(health: Health, now: Date): string[] {
  const { state, accepted, refused, trusted_until, unknown_signers, metadata_failed } = health
  if (state === 'off') return []
  const left = trusted_until === null ? undefined : Math.floor((trusted_until.getTime() - now.getTime()) / day)
  const said = [
    unknown_signers > 0 && 'signed by an unknown certificate',
    state === 'locked' && `${refused} refused, nobody got in`,
    left !== undefined && left < 0 && 'certificate expired',
    left !== undefined && left >= 0 && left < attentionDays && `certificate expires ${inDays(left)}`,
    metadata_failed && 'metadata cannot be refreshed',
    state !== 'locked' && isMany(refused, accepted) && `${refused} of ${refused + accepted} refused`,
  ]
  return said.filter(one => one !== false)
}

function inDays(left: number): string {
  if (left === 0) return 'today'
  return left === 1 ? 'tomorrow' : `in ${left} days`
}

/** More than a tenth refused asks for attention. */
function isMany(refused: number, accepted: number): boolean {
  return refused * 10 > refused + accepted
}

/** The share of sign-ins that were accepted, in whole percent; undefined where nobody came. */
export function successRate({ accepted, refused }: Pick<Health, 'accepted' | 'refused'>): number | undefined {
  return accepted + refused === 0 ? undefined : Math.floor((accepted * 100) / (accepted + refused))
}
