// Our cookies. The login cookie comes back with the identity provider's cross-site POST, so it is SameSite=None; the session
// cookie never leaves with a cross-site request that is not a navigation, so it is Lax; the admin cookie comes with nothing from another site, so it is Strict. Over https they carry the strictest prefix
// that their scope allows (RFC 6265bis §4.1.3); on http://localhost, where browsers take no Secure cookie, they are plain.

import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Reads and writes them. The set-up cookie lets a browser into one set-up, at /setup only, and is nothing to any other door. */
export interface Cookies {
  browser(request: FastifyRequest): string | undefined
  setBrowser(reply: FastifyReply, value: string): void
  session(request: FastifyRequest): string | undefined
  setSession(reply: FastifyReply, value: string, expires: Date): void
  clearSession(reply: FastifyReply): void
  setup(request: FastifyRequest): string | undefined
  setSetup(reply: FastifyReply, value: string, expires: Date): void
  admin(request: FastifyRequest): string | undefined
  setAdmin(reply: FastifyReply, value: string, expires: Date): void
  clearAdmin(reply: FastifyReply): void
}

// What we make is base64url of 32 bytes; anything else was not made by us.
const ours = /^[A-Za-z0-9_-]{43}$/

/** The cookies under PUBLIC_URL; `domain` shares the session with sub-domains; `loginTtl` in seconds. */
export function openCookies(publicUrl: string, domain: string | undefined, loginTtl: number): Cookies {
  const secure = publicUrl.startsWith('https:')
  const prefix = secure ? '__Host-' : ''
  const sessionName = `${secure && domain ? '__Secure-' : prefix}assay_session`
  const browserName = `${prefix}assay_login`
  const setupName = `${secure ? '__Secure-' : ''}assay_setup`
  const base: CookieSerializeOptions = { path: '/', httpOnly: true, secure }
  const session: CookieSerializeOptions = { ...base, sameSite: 'lax', ...(domain ? { domain } : {}) }
  const browser: CookieSerializeOptions = { ...base, sameSite: secure ? 'none' : false, maxAge: loginTtl }
  const admin: CookieSerializeOptions = { ...base, sameSite: 'strict' }
  const adminName = `${prefix}assay_admin`
  const setup: CookieSerializeOptions = { ...base, path: '/setup', sameSite: 'lax' }
  const read = (request: FastifyRequest, name: string) => {
    const value = request.cookies[name]
    return value !== undefined && ours.test(value) ? value : undefined
  }
  return {
    browser: request => read(request, browserName),
    setBrowser: (reply, value) => void reply.setCookie(browserName, value, browser),
    session: request => read(request, sessionName),
    setSession: (reply, value, expires) => void reply.setCookie(sessionName, value, { ...session, expires }),
    clearSession: reply => void reply.clearCookie(sessionName, session),
    setup: request => read(request, setupName),
    setSetup: (reply, value, expires) => void reply.setCookie(setupName, value, { ...setup, expires }),
    admin: request => read(request, adminName),
    setAdmin: (reply, value, expires) => void reply.setCookie(adminName, value, { ...admin, expires }),
    clearAdmin: reply => void reply.clearCookie(adminName, admin),
  }
}
