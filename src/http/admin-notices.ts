// What a page says of the change that led to it, and where a form may lead to.

import type { AdminView } from '../pages/admin-frame.ts'

const notices = {
  'switched-on': { tone: 'good', text: 'The connection is switched on.' },
  'switched-off': {
    tone: 'good',
    text: 'The connection is switched off, and everybody who came through it is signed out.',
  },
  approved: { tone: 'good', text: 'The certificate is trusted from now on. Whoever was refused may sign in again.' },
  restored: { tone: 'good', text: 'The version is restored, as a new one.' },
  'link-revoked': { tone: 'good', text: 'The link is taken back; whoever was at it is out.' },
  refreshed: { tone: 'good', text: 'The metadata was read.' },
  'session-ended': { tone: 'good', text: 'The session is over.' },
  'sessions-ended': { tone: 'good', text: 'The sessions are over.' },
  'key-made': { tone: 'good', text: 'The next key is published. It signs once every backend has had time to read it.' },
  'keys-forgotten': {
    tone: 'warn',
    text: 'A new key signs, and the ones before are forgotten. Every token that is out will be refused.',
  },
  'sp-published': {
    tone: 'good',
    text: 'The next key is published. Tell the identity providers that pin our certificate before it is used.',
  },
  'sp-activated': { tone: 'good', text: 'The key is in use.' },
  'sp-retired': {
    tone: 'good',
    text: 'The key is taken out of our metadata. What is still encrypted for it is opened.',
  },
} as const satisfies Record<string, AdminView['notice']>

/** A change that a page may tell of. */
export type Notice = keyof typeof notices

/** What to say of it; undefined where the query names none that we know. */
export function noticeOf(done: unknown): AdminView['notice'] {
  return typeof done === 'string' && Object.hasOwn(notices, done) ? notices[done as Notice] : undefined
}

/** A path with the change that it tells of. */
export function telling(path: string, done: Notice): string {
  return `${path}${path.includes('?') ? '&' : '?'}done=${done}`
}

/** A path of these pages as it came from outside; the overview where it is none. What a page told before is not told again. */
export function samePath(path: string): string {
  const own = /^\/admin(?:[/?][\w/?=&%.~+-]*)?$/.test(path) ? path : '/admin'
  return own.replace(/([?&])(?:done|again)=[\w-]*(&|$)/g, (_, before, after) => (after === '&' ? before : ''))
}
