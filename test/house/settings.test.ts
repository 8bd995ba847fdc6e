import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { settings } from '../../src/settings.ts'

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8')

test('.env.example states every setting with its default and its meaning, and nothing else', async t => {
  const stated = Object.entries(settings).map(
    ([name, { fallback, meaning }]) => `# ${meaning}\n# ${name}=${fallback ?? ''}\n`,
  )
  t.equal(read('.env.example'), `${read('.env.example').split('\n\n')[0]}\n\n${stated.join('\n')}`)
})

test('docs/operating.md has a row for every setting', async t => {
  const text = read('docs/operating.md')
  for (const name of Object.keys(settings)) t.match(text, new RegExp(`^\\| \`${name}\``, 'm'), name)
})
