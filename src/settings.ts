// The settings table: every setting's name, default, meaning, and how its text is read. `.env.example` and docs/operating.md say the
// same, held equal by a test. Readers are pure: text → value, or a sentence that says what to write instead.

import { cidrs, connectionId, contact, domain, headers, httpUrl, metricsToken } from './setting-readers.ts'

/** A reader's answer where a text is no value of its setting. */
export interface Wrong {
  wrong: string
}

/** One setting: its default as text (null: unset), its meaning in one line, and its reader. */
export interface Setting<T> {
  fallback: string | null
  meaning: string
  read(text: string): T | Wrong
}

const wrong = (message: string): Wrong => ({ wrong: message })

function whole(least: number, most: number) {
  return (text: string): number | Wrong => {
    const value = Number(text)
    const fits = /^\d+$/.test(text) && value >= least && value <= most
    return fits ? value : wrong(`must be a whole number from ${least} to ${most}`)
  }
}

function oneOf<const T extends string>(...values: T[]) {
  return (text: string): T | Wrong =>
    values.find(value => value === text) ?? wrong(`must be one of ${values.join(', ')}`)
}

function offOr<T>(read: (text: string) => T | Wrong) {
  return (text: string): T | 'off' | Wrong => (text === 'off' ? text : read(text))
}

function any(text: string): string {
  return text
}

function origin(text: string): string | Wrong {
  const url = URL.parse(text)
  const plain = url && (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text
  return plain ? text : wrong('must be an origin such as https://sso.example.com, without path or slash at the end')
}

function databaseUrl(text: string): string | Wrong {
  return /^postgres(ql)?:\/\//.test(text) ? text : wrong('must begin with postgres://')
}

function encryptionKey(text: string): Buffer | Wrong {
  const key = Buffer.from(text, 'base64')
  const exact = key.length === 32 && key.toString('base64') === text
  return exact ? key : wrong('must be 32 bytes in base64; make one with: openssl rand -base64 32')
}

function adminKey(text: string): string | Wrong {
  return text.length >= 32 ? text : wrong('must have at least 32 characters; make one with: openssl rand -hex 32')
}

/** Every setting that the service reads, by its name in the environment. */
export const settings = {
  PORT: { fallback: '8080', meaning: 'port to listen on', read: whole(0, 65535) },
  HOST: { fallback: '127.0.0.1', meaning: 'address to listen on; 0.0.0.0 in the image', read: any },
  PUBLIC_URL: {
    fallback: null,
    meaning: 'the one origin that browsers and identity providers see; default http://localhost:$PORT',
    read: origin,
  },
  DATABASE_URL: {
    fallback: null,
    meaning: 'a PostgreSQL from version 14; unset: an embedded one under DATA_DIR',
    read: databaseUrl,
  },
  DATA_DIR: { fallback: '.data', meaning: 'embedded database and development secrets', read: any },
  ADMIN_API_KEY: {
    fallback: null,
    meaning: 'bearer key of the admin API; unset: made at first start, shown once, kept hashed',
    read: adminKey,
  },
  ENCRYPTION_KEY: {
    fallback: null,
    meaning:
      '32 bytes, base64; wraps every private key at rest; unset: made under DATA_DIR with the embedded database only',
    read: encryptionKey,
  },
  ENCRYPTION_KEY_OLD: {
    fallback: null,
    meaning: 'while ENCRYPTION_KEY is changed: the one until now; what it sealed is sealed anew',
    read: encryptionKey,
  },
  ENCRYPTION_KEY_NEW: {
    fallback: null,
    meaning: 'before ENCRYPTION_KEY is changed with several replicas: the one to come; it only opens',
    read: encryptionKey,
  },
  TOKEN_ALG: {
    fallback: 'ES256',
    meaning: 'algorithm of the JWTs: ES256, RS256 or EdDSA',
    read: oneOf('ES256', 'RS256', 'EdDSA'),
  },
  KEY_LIFETIME: {
    fallback: '7776000',
    meaning: 'seconds a key signs JWTs before the next one does',
    read: whole(3600, 63_072_000),
  },
  SP_KEY_LIFETIME: {
    fallback: 'off',
    meaning: 'seconds an SP key is used before the next one is, or off: only when an operator says so',
    read: offOr(whole(2_592_000, 315_360_000)),
  },
  TOKEN_TTL: { fallback: '300', meaning: 'seconds a JWT lives', read: whole(30, 3600) },
  SESSION_TTL: { fallback: '28800', meaning: 'seconds a session lives at most', read: whole(60, 2_592_000) },
  SESSION_IDLE_TTL: {
    fallback: '3600',
    meaning: 'seconds a session lives without being used',
    read: whole(60, 2_592_000),
  },
  SESSION_OFFLINE_TTL: {
    fallback: '60',
    meaning: 'seconds that the gateway goes on from memory while the database is away',
    read: whole(0, 600),
  },
  ATTEMPTS_TTL: { fallback: '2592000', meaning: 'seconds that login attempts are kept', read: whole(3600, 63_072_000) },
  LOGIN_TTL: { fallback: '600', meaning: 'seconds from the start of a login to its response', read: whole(30, 3600) },
  DRAIN_TIME: {
    fallback: '0',
    meaning: 'seconds after SIGTERM for which it answers on while /readyz says 503',
    read: whole(0, 300),
  },
  CROSS_CHECK: {
    fallback: 'on',
    meaning: 'on: two independent verifiers must agree on every assertion; off: the strict one alone',
    read: oneOf('on', 'off'),
  },
  XSD_VALIDATOR: {
    fallback: 'libxml2',
    meaning: 'libxml2, or jvm: the Java validator in addition, a JVM for every message',
    read: oneOf('libxml2', 'jvm'),
  },
  ADMIN_CONNECTION: {
    fallback: null,
    meaning:
      'connection whose people with the role assay-viewer or assay-operator may open /admin; unset: the admin key only',
    read: connectionId,
  },
  SUPPORT_CONTACT: {
    fallback: null,
    meaning: 'whom somebody turns to whose sign-in was refused: an e-mail address or an https URL',
    read: contact,
  },
  TRUSTED_PROXIES: {
    fallback: '',
    meaning: 'CIDRs whose X-Forwarded-* headers are believed, separated by commas',
    read: cidrs,
  },
  METRICS_TOKEN: {
    fallback: null,
    meaning:
      'bearer token of GET /metrics beside the admin key, or open; unset: also this machine while PUBLIC_URL is on it',
    read: metricsToken,
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    fallback: null,
    meaning: 'where spans go: the base URL of an OTLP collector over HTTP; unset: nowhere',
    read: httpUrl,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    fallback: null,
    meaning: 'headers for the collector, name=value, separated by commas',
    read: headers,
  },
  OTEL_SERVICE_NAME: { fallback: 'assay', meaning: 'the name under which the collector knows this service', read: any },
  WEBHOOK_NETWORKS: {
    fallback: '',
    meaning: 'CIDRs beside the public internet that webhooks may go to, also over http, separated by commas',
    read: cidrs,
  },
  COOKIE_DOMAIN: {
    fallback: null,
    meaning: 'parent domain to share the session across sub-domains; unset: this host only',
    read: domain,
  },
  DEMO: {
    fallback: null,
    meaning: 'the built-in demo: on or off; default on with the embedded database, else off',
    read: oneOf('on', 'off'),
  },
  LOG_LEVEL: {
    fallback: 'info',
    meaning: 'fatal, error, warn, info, debug, trace or silent',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
} as const satisfies Record<string, Setting<unknown>>

/** The name of a setting. */
export type SettingName = keyof typeof settings

/** The value that a setting has once read. */
export type SettingValue<Name extends SettingName> = Exclude<ReturnType<(typeof settings)[Name]['read']>, Wrong>
