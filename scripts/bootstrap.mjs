// Runs before every npm script, in syntax that Node 18 reads: installs what the lock file asks for when node_modules is
// older, and makes sure that a Node which runs TypeScript is at hand. Does nothing in a few milliseconds otherwise.

import { spawnSync } from 'node:child_process'
import { closeSync, openSync, statSync, utimesSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const marker = join(modules, '.package-lock.json')

function changed(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? found.mtimeMs : 0
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function install() {
  const npm = process.env.npm_execpath || ''
  const own = basename(npm).startsWith('npm') && npm.endsWith('js')
  const command = own ? process.execPath : 'npm'
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  const run = spawnSync(command, own ? [npm, ...args] : args, { cwd: root, stdio: 'inherit' })
  if (run.error && changed(modules)) return // an image without npm: what is there is all there is
  if (run.status !== 0) fail('The dependencies could not be installed: run "npm ci" and read what it says.')
  closeSync(openSync(marker, 'a'))
  utimesSync(marker, new Date(), new Date())
}

function runsTypeScript(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

if (changed(join(root, 'package-lock.json')) > changed(marker)) install()
if (!runsTypeScript(process.version)) {
  const bundled = spawnSync(join(modules, '.bin', 'node'), ['--version'], { encoding: 'utf8' })
  if (bundled.status !== 0 || !runsTypeScript(bundled.stdout)) {
    fail(`This needs Node 22.18 or later, here is ${process.version} and none could be installed for this machine.`)
  }
}
