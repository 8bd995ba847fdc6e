// Names under which identity providers send the usual attributes, to begin with: one click fills the fields.

import { defaultAttributes, type Provider } from '../connections/provider.ts'
import type { mappable } from './draft.ts'

type Names = Partial<Record<(typeof mappable)[number], string>>

/** A set of names. */
export interface Preset {
  title: string
  note: string
  names: Names
}

const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** Every preset. `usual` names nothing: all names that we know are tried. */
export const presets = {
  usual: { title: 'The usual names', note: 'Whatever most identity providers send: try this first', names: {} },
  microsoft: {
    title: 'Microsoft’s names',
    note: 'Entra ID and AD FS, as they are from the start',
    names: {
      email: `${ws}/emailaddress`,
      name: 'http://schemas.microsoft.com/identity/claims/displayname',
      given_name: `${ws}/givenname`,
      family_name: `${ws}/surname`,
      groups: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
    },
  },
  short: {
    title: 'Short names',
    note: 'Where you type the names yourself: Okta, PingOne, Google, JumpCloud',
    names: { email: 'email', name: 'displayName', given_name: 'firstName', family_name: 'lastName', groups: 'groups' },
  },
  oid: {
    title: 'Object identifiers',
    note: 'Universities and federations: Shibboleth, SimpleSAMLphp',
    names: {
      email: 'urn:oid:0.9.2342.19200300.100.1.3',
      name: 'urn:oid:2.16.840.1.113730.3.1.241',
      given_name: 'urn:oid:2.5.4.42',
      family_name: 'urn:oid:2.5.4.4',
      groups: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1',
    },
  },
} as const satisfies Record<string, Preset>

/** Whether there is a preset of that name. */
export function isPreset(name: string): name is keyof typeof presets {
  return Object.hasOwn(presets, name)
}

/** The names that are tried for a claim where none is given. */
export function usualNames(claim: string): readonly string[] {
  return defaultAttributes[claim] ?? []
}

/** Lines to try the mapping with, in the words of a provider. */
export function sampleFor(provider: Provider | undefined): string {
  const microsoft = provider === 'entra-id' || provider === 'adfs'
  const names: Names = microsoft ? presets.microsoft.names : presets.short.names
  const values = {
    email: 'alex@example.com',
    name: 'Alex Kim',
    given_name: 'Alex',
    family_name: 'Kim',
    groups: 'staff',
  }
  return Object.entries(values)
    .map(([claim, value]) => `${names[claim as keyof Names] ?? claim} = ${value}`)
    .join('\n')
}
