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

/** A connection's id. */
export function connectionId(text: string): string | Wrong {
  return /^[a-z0-9]{8,40}$/.test(text) ? text : wrong('must be the id of a connection, such as k3mz8q2vw7xn4t9b')
}

/** An e-mail address or an https URL. */
export function contact(text: string): string | Wrong {
  const isUrl = /^https:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text)
  const fits = isUrl || /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text)
  return fits ? text : wrong('must be an e-mail address or an https URL')
}

/** Addresses and CIDRs, separated by commas. */
export function cidrs(text: string): string[] | Wrong {
  const list = text.split(/[\s,]+/).filter(one => one !== '')
  const bad = list.find(one => !/^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(one))
  return bad === undefined ? list : wrong(`holds ${bad}, which is no address or CIDR such as 10.0.0.0/8`)
}

/** A domain, lower case. */
export function domain(text: string): string | Wrong {
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(text) ? text : wrong('must be a domain such as example.com, lower case')
}
