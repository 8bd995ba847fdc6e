// Tells Assay of the demo: a connection for each company, from the metadata of its identity provider, and a client for the
// application behind the gateway. May run any number of times.

import { readFileSync } from 'node:fs'
import { tenants } from '../../src/demo/people.ts'

const { ASSAY: assay = '', IDP: idp = '', APP_URL: appUrl = '', ADMIN_API_KEY_FILE: keyFile = '' } = process.env
const authorization = `Bearer ${readFileSync(keyFile, 'utf8').trim()}`
const roles = [{ if: { groups: ['admins'] }, grant: ['admin'] }]

for (const [tenant, { name, domain }] of Object.entries(tenants)) {
  const metadata = await fetch(`${idp}/demo/idp/${tenant}/metadata`)
  const connection = { tenant, name, domains: [domain], metadata_xml: await metadata.text(), roles }
  const [known] = (await api<{ items: { id: string }[] }>('GET', `connections?tenant=${tenant}`)).items
  if (known) await api('PATCH', `connections/${known.id}`, connection)
  else await api('POST', 'connections', connection)
}

const client = { name: 'The application', audience: appUrl, origins: [appUrl] }
const clients = await api<{ items: { client_id: string }[] }>('GET', 'clients?limit=200')
if (clients.items.some(({ client_id }) => client_id === 'app')) await api('PATCH', 'clients/app', client)
else await api('POST', 'clients', { client_id: 'app', ...client })

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const content = body ? { body: JSON.stringify(body) } : {}
  const headers = { authorization, ...(body ? { 'content-type': 'application/json' } : {}) }
  const answer = await fetch(`${assay}/api/v1/${path}`, { method, headers, ...content })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  process.stdout.write(`${method} ${path}: ${answer.status}\n`)
  return (await answer.json()) as T
}
