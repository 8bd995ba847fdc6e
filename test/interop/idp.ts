// A real identity provider beside the stage: started and stopped by its scripts, told of our connections by our own metadata.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { type Connection, freePort, run, type Stage } from './support.ts'

/** An identity provider that has a start script. */
export type IdpName = 'simplesamlphp' | 'lemonldap'

/** A running identity provider. */
export interface Idp {
  name: IdpName
  /** Its origin, on 127.0.0.1: another site than ours. */
  url: string
  /** Its metadata, as it serves it. */
  metadata: string
  /** Stops it and starts it again. */
  restart(): Promise<void>
  home: string
}

/** Starts an identity provider for the life of the tests. */
export async function startIdp(t: Test, { home: stageHome }: Stage, name: IdpName): Promise<Idp> {
  const home = join(stageHome, name)
  const url = `http://127.0.0.1:${await freePort()}`
  await mkdir(home)
  const env = { IDP_HOME: home, IDP_URL: url, OWNER_PID: String(process.pid) }
  const script = (file: string) => run(fileURLToPath(new URL(`${name}/${file}`, import.meta.url)), [], env)
  t.teardown(() => script('stop.sh'))
  const restart = async () => void (await script('start.sh'))
  await restart()
  return { name, url, home, restart, metadata: await readFile(join(home, 'metadata.xml'), 'utf8') }
}

/**
 * Makes a connection from the identity provider's metadata, and gives the identity provider ours with `options` of its own.
 * `settings` are members of the connection.
 */
export async function connect(stage: Stage, idp: Idp, settings: object, options: object): Promise<Connection> {
  const body = { tenant: 'acme', name: `Acme ${idp.name}`, metadata_xml: idp.metadata, ...settings }
  const connection = await stage.api<Connection>('POST', '/connections', body)
  const ours = await fetch(connection.sp.metadata_url)
  if (!ours.ok) throw new Error(`Our metadata: ${ours.status}`)
  await giveOptions(idp, connection, options)
  await writeFile(join(idp.home, 'sp', `${connection.id}.xml`), await ours.text())
  return connection
}

/** Sets the options of a connection's entry at the identity provider anew. */
export async function giveOptions({ home }: Idp, { id }: Connection, options: object): Promise<void> {
  await writeFile(join(home, 'sp', `${id}.json`), JSON.stringify(options))
}
