import type { Mistake } from '../problem.ts'
import type { ConnectionSettings } from './connection.ts'

/** What is wrong with the addresses of a connection. */
export function wrongUrls(settings: ConnectionSettings): Mistake[] {
  const { metadata_url, sign_on_url, logout_url, logout_response_url, default_return_to, acs_aliases } = settings
  const urls: [string, string | null][] = [
    ['metadata_url', metadata_url],
    ['sign_on_url', sign_on_url ?? null],
    ['logout_url', logout_url],
    ['logout_response_url', logout_response_url],
    ['default_return_to', default_return_to],
    ...acs_aliases.map((url, at): [string, string] => [`acs_aliases[${at}]`, url]),
  ]
  return urls
    .filter(([, url]) => url && !isHttpUrl(url))
    .map(([field]) => ({
      field,
      message: 'must be an http or https URL without user name or fragment, of at most 2048 characters.',
    }))
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text)
  const plain = /^[\x21-\x7e]{1,2048}$/.test(text) && url?.username === '' && url.password === '' && url.hash === ''
  return plain && (url.protocol === 'https:' || url.protocol === 'http:')
}
