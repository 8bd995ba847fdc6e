// Certificates that nobody has approved: evidence side by side with what is trusted, for a person who compares.

import { type Html, html } from './html.ts'
import { dayOf, when } from './time.ts'

/** An unknown certificate that signed what was right in everything else. */
export interface Signer {
  sha256: string
  fingerprint: string
  subject: string
  notAfter: Date
  firstSeen: Date
  lastSeen: Date
  refused: number
  people: number
  knownPeople: number
}

interface Around {
  now: Date
  signers: readonly Signer[]
  certificates: readonly { subject: string; fingerprint: string; state: string; notAfter: Date }[]
  /** What to do before one is trusted. */
  advice: string
  /** The form that trusts one; nothing for who may not. */
  approve: (one: Signer) => Html | false
}

/** A card for each unknown certificate; nothing where there is none. */
export function signerCards(around: Around): Html | false {
  if (around.signers.length === 0) return false
  return html`<section class="strangers">${around.signers.map(one => card(around, one))}</section>`
}

function card({ now, certificates, advice, approve }: Around, one: Signer): Html {
  const trusted = certificates.filter(({ state }) => state !== 'retired')
  const form = approve(one)
  return html`<div class="card stranger"><h2>Signed by a certificate that we do not know</h2>
<p>Since ${when(one.firstSeen, now)}, ${count(one.refused, 'sign-in was', 'sign-ins were')} refused that ${one.refused === 1 ? 'was' : 'were'} right in everything but the key, the last one ${when(one.lastSeen, now)}. ${people(one)}</p>
<div class="halves"><div><h3>Trusted now</h3>${trusted.map(old => print(old.subject, old.fingerprint, old.notAfter))}</div><div><h3>Unknown</h3>${print(one.subject, one.fingerprint, one.notAfter)}</div></div>
<p>Whoever can begin a sign-in can leave such a certificate here. ${advice}</p>
${form && html`<div class="actions">${form}</div>`}</div>`
}

function print(subject: string, fingerprint: string, notAfter: Date): Html {
  return html`<div class="print"><p>${subject}</p><code>${fingerprint}</code><p class="aside">until ${dayOf(notAfter)}</p></div>`
}

function people({ people: all, knownPeople }: Signer): string {
  const named = `They name ${all >= 100 ? 'a hundred people or more' : count(all, 'person', 'people')}`
  if (knownPeople === 0) return `${named}; none of them has signed in here before.`
  return `${named}, ${knownPeople === all ? 'all' : knownPeople} of whom signed in here before.`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
