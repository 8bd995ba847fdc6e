// Microsoft Entra ID leaves the groups of a person out who is in more than 150 and sends a link in their place.

import { type Attributes, type ClaimRule, namesIn } from './claim-rule.ts'

/** What to do when groups were left out: refuse the login, go on without, or take the groups of the person's last login. */
export type OveragePolicy = 'refuse' | 'continue' | 'keep_last'

/** The attribute in which Entra ID sends groups. */
export const groupsAttribute = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'

const link = 'http://schemas.microsoft.com/claims/groups.link'

/** Whether groups were left out that one of the rules reads. */
export function groupsLeftOut(attributes: Attributes, rules: Iterable<ClaimRule>): boolean {
  return attributes.has(link) && !attributes.has(groupsAttribute) && [...rules].some(readsGroups)
}

/** Whether a rule reads the groups of Entra ID. */
export function readsGroups(rule: ClaimRule): boolean {
  return namesIn(rule).includes(groupsAttribute)
}
