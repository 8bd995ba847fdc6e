// Polis for a moment: makes the connections that standard input names, and prints its certificate. A process of its own, because
// its timers go on after it was closed.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Polis {
  connectionAPIController: { createSAMLConnection(body: object): Promise<object> }
  spConfig: { get(): Promise<{ publicKeyString: string }> }
}

const { folder, options, connections } = JSON.parse(readFileSync(0, 'utf8')) as {
  folder: string
  options: object
  connections: object[]
}
const load = createRequire(join(folder, 'package.json'))
const { controllers } = load('@boxyhq/saml-jackson') as { controllers(options: object): Promise<Polis> }
const quiet = { info: () => undefined, warn: () => undefined }
const polis = await controllers({ ...options, logger: quiet })
for (const one of connections) await polis.connectionAPIController.createSAMLConnection(one)
process.stdout.write((await polis.spConfig.get()).publicKeyString, () => process.exit(0))
