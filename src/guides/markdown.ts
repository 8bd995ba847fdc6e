// Guides as Markdown: docs/guides/*.md, which are never written by hand.

import { type Fix, fill, type Given, type Guide, needed, ours, placeholders, type Step, valueFor } from './guide.ts'
import { codesOf, guides, settingsOf } from './guides.ts'

/** The text of docs/guides/<id>.md. */
export function guideAsMarkdown(guide: Guide): string {
  const { title, steps, name, certificates, notes = [], fixes } = guide
  const parts = [
    `# ${title}`,
    'Values of ours stand here as `https://sso.example/…/<connection>`; the real ones are in `sp` of the connection.',
    ...steps.flatMap((step, index) => stepAsMarkdown(step, index + 1)),
    '## Who is named',
    text(name),
    '## When its certificate changes',
    text(certificates),
    ...section('## Good to know', list(notes.map(text))),
    ...section('## What goes wrong', list(fixes.map(asItem))),
    ...section('## Its codes', list(codesOf(guide).map(asItem))),
    ...section('## Where each setting is later', list(settingsOf(guide).map(asItem))),
    `[All guides](README.md) · [Claims and roles](../claims.md)`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** The list of all guides in docs/guides/README.md. */
export function listOfGuides(): string {
  return list(guides.map(({ id, title }) => `[${title}](${id}.md)`))
}

function stepAsMarkdown(step: Step, number: number): string[] {
  const { title, where, fields = [], attributes = [], code, gives = [] } = step
  return [
    `## ${number}. ${title}`,
    ...(where === undefined ? [] : [`Where: ${text(where)}`]),
    ...(step.text === undefined ? [] : [text(step.text)]),
    ...table(
      ['Their field', 'takes'],
      fields.map(field => {
        const name = 'ours' in field ? `our ${ours[field.ours]}: ` : ''
        const value = valueFor(field, placeholders)
        return [
          `*${plain(field.theirs)}*`,
          'choose' in field && !/[<:]/.test(value) ? `*${value}*` : `${name}${typed(value)}`,
        ]
      }),
    ),
    ...(code === undefined ? [] : [`${code.label}:`, `\`\`\`\n${fill(code.text, placeholders)}\n\`\`\``]),
    ...table(
      ['From', 'under the name', 'gives the claim'],
      attributes.map(({ from, name, claim }) => [plain(from), typed(name), claim]),
    ),
    ...table(['Copy', 'to our'], gives.map(given)),
  ]
}

const given = ({ theirs, ours: name }: Given) => [`*${plain(theirs)}*`, `*${needed[name]}* (\`${name}\`)`]
const asItem = ({ problem, fix }: Fix) => `**${text(problem)}.** ${text(fix)}`
const list = (items: readonly string[]) => items.map(item => `- ${item}`).join('\n')
const section = (heading: string, body: string) => (body === '' ? [] : [heading, body])
const typed = (value: string) => `\`${value}\``

function table(head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')]
}

// The texts are Markdown but for signs that only mean something outside of code.
function text(raw: string): string {
  return fill(raw, placeholders)
    .split(/(`[^`]*`)/)
    .map(part => (part.startsWith('`') ? part : plain(part)))
    .join('')
}

function plain(words: string): string {
  return words.replace(/[<[\]]/g, sign => `\\${sign}`)
}
