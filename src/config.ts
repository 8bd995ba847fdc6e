// Environment → Config, or every mistake at once. Pure: the environment and the reading of files come in as arguments.

import type { Mistake } from './problem.ts'
import { type SettingName, type SettingValue, settings, type Wrong } from './settings.ts'

/** The settings as the service uses them; durations in seconds. */
export interface Config {
  port: number
  host: string
  publicUrl: string
  databaseUrl: string | undefined
  dataDir: string
  adminApiKey: string | undefined
  encryptionKey: Buffer | undefined
  encryptionKeyOld: Buffer | undefined
  encryptionKeyNew: Buffer | undefined
  tokenAlg: 'ES256' | 'RS256' | 'EdDSA'
  keyLifetime: number
  /** Undefined: SP keys roll only when an operator says so. */
  spKeyLifetime: number | undefined
  tokenTtl: number
  sessionTtl: number
  sessionIdleTtl: number
  sessionOfflineTtl: number
  attemptsTtl: number
  loginTtl: number
  drainTime: number
  crossCheck: boolean
  xsdValidator: 'libxml2' | 'jvm'
  /** The connection whose people may open the admin pages. */
  adminConnection: string | undefined
  supportContact: string | undefined
  trustedProxies: string[]
  /** Or `open`. */
  metricsToken: string | undefined
  otlpEndpoint: string | undefined
  otlpHeaders: Record<string, string>
  otlpService: string
  webhookNetworks: string[]
  cookieDomain: string | undefined
  demo: boolean
  logLevel: string
}

type Environment = Record<string, string | undefined>

/**
 * Reads the settings. `NAME_FILE` names a file that holds the value, read by `readFile`, its last line end taken off. Answers
 * the Config, or every mistake with the name of its setting.
 */
export function readConfig(environment: Environment, readFile: (path: string) => string): Config | Mistake[] {
  const mistakes: Mistake[] = []
  const take = <Name extends SettingName>(name: Name): SettingValue<Name> | undefined => {
    const text = textOf(name, environment, readFile, mistakes) ?? settings[name].fallback ?? undefined
    if (text === undefined) return undefined
    const value = settings[name].read(text) as SettingValue<Name> | Wrong
    if (!isWrong(value)) return value
    mistakes.push({ field: name, message: value.wrong })
    return undefined
  }
  const port = take('PORT') ?? 0
  const databaseUrl = take('DATABASE_URL')
  const production = environment['NODE_ENV'] === 'production'
  const config: Config = {
    port,
    host: take('HOST') ?? '',
    publicUrl: take('PUBLIC_URL') ?? `http://localhost:${port}`,
    databaseUrl,
    dataDir: take('DATA_DIR') ?? '',
    adminApiKey: take('ADMIN_API_KEY'),
    encryptionKey: take('ENCRYPTION_KEY'),
    encryptionKeyOld: take('ENCRYPTION_KEY_OLD'),
    encryptionKeyNew: take('ENCRYPTION_KEY_NEW'),
    tokenAlg: take('TOKEN_ALG') ?? 'ES256',
    keyLifetime: take('KEY_LIFETIME') ?? 0,
    spKeyLifetime: numberIn(take('SP_KEY_LIFETIME')),
    tokenTtl: take('TOKEN_TTL') ?? 0,
    sessionTtl: take('SESSION_TTL') ?? 0,
    sessionIdleTtl: take('SESSION_IDLE_TTL') ?? 0,
    sessionOfflineTtl: take('SESSION_OFFLINE_TTL') ?? 0,
    attemptsTtl: take('ATTEMPTS_TTL') ?? 0,
    loginTtl: take('LOGIN_TTL') ?? 0,
    drainTime: take('DRAIN_TIME') ?? 0,
    crossCheck: take('CROSS_CHECK') !== 'off',
    xsdValidator: take('XSD_VALIDATOR') ?? 'libxml2',
    adminConnection: take('ADMIN_CONNECTION'),
    supportContact: take('SUPPORT_CONTACT'),
    trustedProxies: take('TRUSTED_PROXIES') ?? [],
    metricsToken: take('METRICS_TOKEN'),
    otlpEndpoint: take('OTEL_EXPORTER_OTLP_ENDPOINT'),
    otlpHeaders: take('OTEL_EXPORTER_OTLP_HEADERS') ?? {},
    otlpService: take('OTEL_SERVICE_NAME') ?? '',
    webhookNetworks: take('WEBHOOK_NETWORKS') ?? [],
    cookieDomain: take('COOKIE_DOMAIN'),
    demo: (take('DEMO') ?? (databaseUrl === undefined && !production ? 'on' : 'off')) === 'on',
    logLevel: take('LOG_LEVEL') ?? 'info',
  }
  mistakes.push(...togetherWrong(config, production, mistakes))
  return mistakes.length > 0 ? mistakes : config
}

function textOf(name: SettingName, environment: Environment, readFile: (path: string) => string, mistakes: Mistake[]) {
  const file = environment[`${name}_FILE`]
  const text = environment[name]
  if (!file) return text === '' ? undefined : text
  if (text) mistakes.push({ field: name, message: `is given twice: as ${name} and as ${name}_FILE` })
  try {
    return readFile(file).replace(/\r?\n$/, '')
  } catch {
    mistakes.push({ field: `${name}_FILE`, message: `names a file that cannot be read: ${file}` })
    return undefined
  }
}

function numberIn(value: number | 'off' | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function isWrong(value: unknown): value is Wrong {
  return typeof value === 'object' && value !== null && 'wrong' in value
}

// What is right alone and wrong together.
function togetherWrong(config: Config, production: boolean, known: readonly Mistake[]): Mistake[] {
  const mistakes: Mistake[] = []
  const say = (field: SettingName, message: string) => {
    if (!known.some(one => one.field.startsWith(field))) mistakes.push({ field, message })
  }
  const embedded = config.databaseUrl === undefined
  if (production && embedded)
    say('DATABASE_URL', 'is needed when NODE_ENV is production; the embedded database is for trying out')
  if (!embedded && !config.encryptionKey)
    say('ENCRYPTION_KEY', 'is needed with DATABASE_URL; make one with: openssl rand -base64 32')
  for (const [name, other] of [
    ['ENCRYPTION_KEY_OLD', config.encryptionKeyOld],
    ['ENCRYPTION_KEY_NEW', config.encryptionKeyNew],
  ] as const)
    if (other && config.encryptionKey?.equals(other)) say(name, 'must be another key than ENCRYPTION_KEY')
  if (config.demo && (production || !embedded))
    say('DEMO', 'is possible with the embedded database only, never in production')
  if (production && config.publicUrl.startsWith('http://') && !isLoopback(config.publicUrl)) {
    say('PUBLIC_URL', 'must begin with https:// in production')
  }
  const host = URL.parse(config.publicUrl)?.hostname ?? ''
  const { cookieDomain } = config
  if (cookieDomain && host !== cookieDomain && !host.endsWith(`.${cookieDomain}`)) {
    say('COOKIE_DOMAIN', `must be the host of PUBLIC_URL (${host}) or a parent of it`)
  }
  if (cookieDomain && config.adminConnection !== undefined)
    say(
      'ADMIN_CONNECTION',
      'is not possible with COOKIE_DOMAIN: every sub-domain would be given the cookie that opens /admin',
    )
  return mistakes
}

/** Whether a URL is at this machine by its name: localhost, 127.0.0.1 or [::1]. */
export function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(url)?.hostname ?? '')
}

/** The keys that only open: while ENCRYPTION_KEY is changed. */
export function otherKeys({ encryptionKeyOld, encryptionKeyNew }: Config): Buffer[] {
  return [encryptionKeyOld, encryptionKeyNew].filter(key => key !== undefined)
}
