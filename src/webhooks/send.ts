// One attempt to deliver: a POST to an address that was looked at, with time-outs, without redirects; of the answer only its status
// counts. The connection goes to the very address that was looked at, so that a name that changes its mind leads nowhere else.

import { lookup } from 'node:dns/promises'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublic } from './address.ts'

/** What an attempt came to: the status of an answer, and why it does not count as taken, in words of ours. */
export interface Sent {
  status: number | null
  error: string | null
}

/** Where a message may go beside the public internet (http only there), and how long an attempt takes at most, in milliseconds. */
export interface SendRules {
  isOurs: (address: string) => boolean
  timeoutMs: number
}

/** Sends; never throws. */
export function sendMessage({ isOurs, timeoutMs }: SendRules) {
  return async (url: string, headers: Record<string, string>, body: string): Promise<Sent> => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const target = new URL(url)
      const addresses = await addressesOf(target, signal)
      const fits = (address: string) => isOurs(address) || (target.protocol === 'https:' && isPublic(address))
      if (addresses.length === 0 || !addresses.every(fits)) return failed('leads to an address that is not allowed')
      const status = await post(target, addresses, headers, body, signal)
      return status >= 200 && status < 300 ? { status, error: null } : failed(`answered ${status}`, status)
    } catch (error) {
      return failed(signal.aborted ? `did not answer within ${timeoutMs / 1000} seconds` : reason(error))
    }
  }
}

function failed(error: string, status: number | null = null): Sent {
  return { status, error }
}

// A code such as ECONNREFUSED; the text of an error may hold what a stranger wrote.
function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return `could not be reached (${code})`
}

async function addressesOf({ hostname }: URL, signal: AbortSignal): Promise<string[]> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return [host]
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  return (await Promise.race([lookup(host, { all: true }), aborted])).map(one => one.address)
}

function post(
  url: URL,
  addresses: readonly string[],
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const found = addresses.map(address => ({ address, family: isIP(address) }))
  const known: LookupFunction = (_, { all }, answer) =>
    all ? answer(null, found) : answer(null, found[0]?.address ?? '', found[0]?.family)
  const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const options = { method: 'POST', headers: { 'user-agent': 'Assay', ...headers, ...length }, lookup: known, signal }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secure : plain)(url, { ...options, agent: false }, answer => {
      answer.on('error', () => undefined)
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    request.on('error', reject)
    request.end(body)
  })
}
