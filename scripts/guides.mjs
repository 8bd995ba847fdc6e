// Writes docs/guides/ anew from src/guides/: npm run guides.

import { readFileSync, writeFileSync } from 'node:fs'
import { guides } from '../src/guides/guides.ts'
import { guideAsMarkdown, listOfGuides } from '../src/guides/markdown.ts'

const folder = new URL('../docs/guides/', import.meta.url)
for (const guide of guides) writeFileSync(new URL(`${guide.id}.md`, folder), guideAsMarkdown(guide))

const readme = new URL('README.md', folder)
writeFileSync(readme, readFileSync(readme, 'utf8').replace(/(?:^- \[.*\n)+/m, `${listOfGuides()}\n`))
