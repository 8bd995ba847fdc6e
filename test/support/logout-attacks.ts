// Every misdeed of a folder of logout attacks: the evil message is refused for its own reason, the control is taken.

import { readdirSync } from 'node:fs'
import { test } from 'tap'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { openInquiry } from '../../src/saml/inquiry.ts'
import { examineLogout, type LogoutTransport } from '../../src/saml/logout-message.ts'
import { judgeLogout, logoutVerdict } from '../../src/saml/logout-rules.ts'
import type { Tools, Trust } from '../../src/saml/response.ts'
import { type Scene, scene } from './attack.ts'
import { tools, trustIn } from './judging.ts'
import {
  byPost,
  byRedirect,
  type LogoutParts,
  logoutParts,
  logoutXml,
  type Query,
  type QueryOptions,
  signedParts,
} from './logout.ts'

/** Our address for these messages. */
export const sloUrl = 'https://sso.example/saml/c1/slo'

/** Where an attack on single logout takes place. */
export interface LogoutScene extends Scene {
  /** The parts of a good LogoutRequest, changed. */
  logout(change?: Partial<LogoutParts>): LogoutParts
  /** It by HTTP-Redirect and by HTTP-POST; the text of a form may be another. */
  redirect(change?: Partial<LogoutParts>, options?: QueryOptions): LogoutTransport
  form(change?: Partial<LogoutParts>, xml?: string): LogoutTransport
  /** The parameters of its signed query. */
  query(options?: QueryOptions): Query
}

/** One misdeed: what is done, the code of the refusal, the message that does it and the same without it. */
export interface LogoutAttack {
  misdeed: string
  code: ProblemCode
  forge(stage: LogoutScene): { evil: LogoutTransport; control: LogoutTransport }
  trust?: Partial<Trust>
}

/** A query as a message that came. */
export const query = (text: string): LogoutTransport => ({ binding: 'redirect', query: text })

/** Sets a scene. */
export function logoutScene(): LogoutScene {
  const one = scene()
  const logout = (change: Partial<LogoutParts> = {}) => logoutParts(one.idp, sloUrl, { now: one.now, ...change })
  return {
    ...one,
    logout,
    redirect: (change, options) => byRedirect(one.idp, logout(change), options),
    form: (change, xml) => byPost(one.idp, logout(change), xml),
    query: options => signedParts(one.idp, 'SAMLRequest', logoutXml(one.idp, logout(), false), options),
  }
}

/** Judges a message without the service around it; null: it would be taken. */
export function judgedLogout(transport: LogoutTransport, stage: Scene, trust: Trust, how: Tools = tools) {
  try {
    const { message } = examineLogout(transport, trust, how, openInquiry())
    const expected = { issuers: [stage.idp.issuer], destination: sloUrl, clockSkew: 180 }
    const checks = judgeLogout(message, expected, stage.now)
    return { code: logoutVerdict(checks) ?? null, failed: checks.filter(one => one.verdict === 'fail').length }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { code: error.code, failed: 1 }
  }
}

/** Runs a folder as tap tests. */
export async function runLogoutAttacks(kind: string): Promise<void> {
  const folder = new URL(`../attacks/${kind}/`, import.meta.url)
  for (const file of readdirSync(folder).sort()) {
    const { attack } = (await import(new URL(file, folder).href)) as { attack: LogoutAttack }
    test(`${kind}/${file}: ${attack.misdeed}`, async t => {
      const stage = logoutScene()
      const trust = trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey], ...attack.trust })
      const { evil, control } = attack.forge(stage)
      t.same(judgedLogout(control, stage, trust), { code: null, failed: 0 }, 'the control is taken')
      // The strict verifier must see it alone; the second opinion can only refuse more.
      t.same(judgedLogout(evil, stage, trust, { ...tools, opinion: undefined }), { code: attack.code, failed: 1 })
    })
  }
}
