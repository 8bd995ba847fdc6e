// THE DEMO. Two companies that exist only in this process, their identity provider and a backend, so that Assay can be
// tried in one click. It reaches the service only through its public doors, as a stranger would. Never in production.

/** A person of the demo, as their company's directory knows them. */
export interface Person {
  tenant: TenantId
  name: string
  givenName: string
  familyName: string
  email: string
  groups: readonly string[]
}

/** The companies of the demo: id (as in addresses) → name and mail domain. */
export const tenants = {
  acme: { name: 'Acme', domain: 'acme.example' },
  globex: { name: 'Globex', domain: 'globex.example' },
} as const

/** The id of a company of the demo. */
export type TenantId = keyof typeof tenants

/** The people of the demo by their short name; the first of a company is the one who is tried by default. */
export const people = {
  alice: person('acme', 'Alice', 'Ito', ['admins', 'staff']),
  bob: person('acme', 'Bob', 'Okafor', ['staff']),
  carol: person('globex', 'Carol', 'Lindqvist', ['admins', 'engineering', 'staff']),
} as const satisfies Record<string, Person>

/** The short name of a person of the demo. */
export type PersonId = keyof typeof people

/** Is this the id of a company of the demo? */
export function isTenant(id: string): id is TenantId {
  return Object.hasOwn(tenants, id)
}

/** Is this the short name of a person of the demo? */
export function isPerson(id: string): id is PersonId {
  return Object.hasOwn(people, id)
}

/** Who works at a company, in the order of the table. */
export function peopleOf(tenant: TenantId): [PersonId, Person][] {
  return Object.keys(people)
    .filter(isPerson)
    .filter(id => people[id].tenant === tenant)
    .map(id => [id, people[id]])
}

function person(tenant: TenantId, givenName: string, familyName: string, groups: readonly string[]): Person {
  const email = `${givenName.toLowerCase()}@${tenants[tenant].domain}`
  return { tenant, givenName, familyName, name: `${givenName} ${familyName}`, email, groups }
}
