// A plan in words, for people to read before they say yes.

import type { Change, Plan } from './plan.ts'

const marks = { create: '+', change: '~', remove: '-' } as const
const longest = 160

/** A plan as lines: one a change, below it what differs. */
export function planText({ changes, unchanged }: Plan): string {
  const count = (does: Change['does']) => changes.filter(one => one.does === does).length
  const sum = `${count('create')} to create, ${count('change')} to change, ${count('remove')} to remove, ${unchanged} as they are.`
  return `${[...changes.flatMap(changeLines), changes.length === 0 ? `Nothing to change: ${unchanged} as they are.` : sum].join('\n')}\n`
}

function changeLines({ kind, id, name, does, differences }: Change): string[] {
  const gone = does === 'remove' && kind === 'connection' ? '  with its people and sessions' : ''
  const lines = differences.map(({ member, before, after }) => {
    if (does === 'create') return `    ${plain(member)}: ${shown(after)}`
    return `    ${plain(member)}: ${shown(before)} → ${shown(after)}`
  })
  return [`${marks[does]} ${kind} ${id}  ${plain(name)}${gone}`, ...lines]
}

function shown(value: unknown): string {
  if (value === undefined) return 'as by default'
  const text = plain(JSON.stringify(value))
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

// What a name may hold must not move the cursor, nor turn the line around.
function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    one => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
