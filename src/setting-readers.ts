// Readers of settings that need more than a line. Pure: text → value, or a sentence that says what to write instead.

import type { Wrong } from './settings.ts'

const wrong = (message: string): Wrong => ({ wrong: message })

/** A bearer token of at least 32 characters, or `open`. */
export function metricsToken(text: string): string | Wrong {
  return text === 'open' || text.length >= 32 ? text : wrong('must be open, or have at least 32 characters')
}

/** The base URL of something over HTTP, without credentials. */
export function httpUrl(text: string): string | Wrong {
  const url = URL.parse(text)
  const fits = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#]/.test(text)
  return fits ? text : wrong('must be an http or https URL without credentials, query and fragment')
}

/** Headers as the OpenTelemetry specification says: name=value, separated by commas, values percent-encoded. */
export function headers(text: string): Record<string, string> | Wrong {
  const read: [string, string][] = []
  for (const one of text.split(',')) {
    const [, name = '', value = ''] = /^\s*([\w-]+)\s*=\s*([\x21-\x7e]*)\s*$/.exec(one) ?? []
    const plain = /%(?![2-7][0-9a-f])/i.test(value) ? undefined : decodeURIComponent(value)
    if (name === '' || plain === undefined)
      return wrong('must be name=value, separated by commas, values percent-encoded')
    read.push([name, plain])
  }
  return Object.fromEntries(read)
}
