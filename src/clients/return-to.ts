// Where a person may be sent back to: a path of ours, or a URL at one of a client's origins. Compared after parsing by the same
// rules as browsers parse (WHATWG URL), on the whole origin; whatever a browser could read differently is refused before.

import type { Client } from './client.ts'

// Browsers strip tabs and line ends, and read a backslash as a slash; nothing outside visible ASCII has to be in a URL.
const plain = /^[\x21-\x5b\x5d-\x7e]{1,2048}$/

/** The absolute URL that `returnTo` names, or undefined where it may not be gone to. `publicUrl` is our own origin. */
export function safeReturnTo(returnTo: string, client: Pick<Client, 'origins'>, publicUrl: string): string | undefined {
  if (!plain.test(returnTo)) return undefined
  const path = returnTo.startsWith('/')
  if (path ? returnTo.startsWith('//') : !/^https?:\/\/[^/]/i.test(returnTo)) return undefined
  const url = URL.parse(returnTo, publicUrl)
  if (url?.username !== '' || url.password !== '') return undefined
  const allowed = path ? url.origin === publicUrl : client.origins.includes(url.origin)
  return allowed ? url.href : undefined
}
