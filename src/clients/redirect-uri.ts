// The redirect_uri of a client: compared byte for byte (RFC 9700 §2.1). The one exception is the port of a native application that
// listens on a loopback address, which it cannot know beforehand (RFC 8252 §7.3).

import type { Client } from './client.ts'

/** Whether an address may be registered: https, or http on this machine only; absolute, without fragment and credentials. */
export function isRedirectUri(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !/^[\x21-\x7e]+$/.test(text) || text.includes('#') || url.username !== '' || url.password !== '')
    return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname))
}

function isThisMachine(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(host)
}

/** Whether a client may be answered at an address. */
export function allowsRedirect({ redirect_uris, confidential }: Client, uri: string): boolean {
  if (redirect_uris.includes(uri)) return true
  const [, before, after] = /^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d{1,5}([/?].*)$/.exec(uri) ?? []
  return !confidential && isRedirectUri(uri) && redirect_uris.includes(`${before}${after}`)
}
