// All guides, in the order in which they are offered, and what is looked up in them.

import { voiceOf } from '../connections/consoles.ts'
import { explainStatus, vendorCodesOf } from '../connections/statuses.ts'
import { adfs } from './adfs.ts'
import { auth0 } from './auth0.ts'
import { custom } from './custom.ts'
import { cyberArk } from './cyberark.ts'
import { duo } from './duo.ts'
import { entraId } from './entra-id.ts'
import { google } from './google.ts'
import type { Fix, Guide, GuideId } from './guide.ts'
import { jumpCloud } from './jumpcloud.ts'
import { keycloak } from './keycloak.ts'
import { okta } from './okta.ts'
import { oneLogin } from './onelogin.ts'
import { pingFederate, pingOne } from './ping.ts'
import { rippling } from './rippling.ts'
import { shibboleth } from './shibboleth.ts'
import { simpleSamlPhp } from './simplesamlphp.ts'
import { whereThingsAre } from './steps.ts'

const all: Record<GuideId, Guide> = {
  'entra-id': entraId,
  okta,
  google,
  adfs,
  onelogin: oneLogin,
  pingone: pingOne,
  pingfederate: pingFederate,
  jumpcloud: jumpCloud,
  duo,
  auth0,
  keycloak,
  cyberark: cyberArk,
  rippling,
  shibboleth,
  simplesamlphp: simpleSamlPhp,
  custom,
}

/** Every guide. */
export const guides: readonly Guide[] = Object.values(all)

/** The guide to a provider; those of CyberArk and Rippling go by ids of their own. */
export function guideFor(id: GuideId): Guide {
  return all[id]
}

/** Tells ids of guides from other texts. */
export function isGuideId(id: string): id is GuideId {
  return Object.hasOwn(all, id)
}

/** Where each setting is in an application that is there already; empty where we have no words for that console. */
export function settingsOf({ id, provider }: Guide): Fix[] {
  return provider === 'custom' || id !== provider ? [] : whereThingsAre(provider)
}

/** What the vendor’s own codes mean, and what to change; empty where it has none that are explained. */
export function codesOf({ provider }: Guide): Fix[] {
  const prefix = provider === 'entra-id' ? 'AADSTS' : provider === 'adfs' ? 'MSIS' : undefined
  const codes = prefix === undefined ? [] : vendorCodesOf(prefix)
  return codes.map(code => ({ problem: code, fix: explainStatus(code, voiceOf(provider)) ?? '' }))
}
