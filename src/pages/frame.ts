// The frame of every page: document, skip link, top bar, main. Nothing inline: no style attribute, no script text, so that
// it holds under `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:`.

import { address, type Html, html } from './html.ts'
import { hallmark } from './icons.ts'

/** A link of the top bar; `current` marks the page it stands on. */
export interface BarLink {
  text: string
  url: string
  current?: boolean
}

/** What a page gives to its frame. `home` makes the logo a link; `wide` is 1120 pixels instead of 720. */
export interface Frame {
  title: string
  main: Html
  wide?: boolean
  home?: string
  links?: readonly BarLink[]
  /** Whether the page needs the second sheet, which the admin and set-up pages share. */
  admin?: boolean
}

const favicon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E%3Cpath d=%22M9.5 1.5h13l8 8v13l-8 8h-13l-8-8v-13z%22 fill=%22%238a6100%22/%3E%3Cpath d=%22M16 7 10 25M16 7l6 18M7 17h18%22 fill=%22none%22 stroke=%22%23fff%22 stroke-width=%222.5%22/%3E%3C/svg%3E'

/** The whole document around `main`. */
export function page({ title, main, wide = false, home, links = [], admin = false }: Frame): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} · Assay</title>
<link rel="icon" href="${favicon}">
<link rel="stylesheet" href="/assets/style.css">${admin && html`\n<link rel="stylesheet" href="/assets/admin.css">`}
<script type="module" src="/assets/assay.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar"><div class="${wide ? 'inner wide' : 'inner'}">${logo(home)}${links.length > 0 && navigation(links)}</div></header>
<main id="main" class="${wide ? 'inner wide' : 'inner'}" tabindex="-1">
${main}
</main>
</body>
</html>
`
}

function logo(home: string | undefined): Html {
  const name = html`${hallmark()}<span>Assay</span>`
  return home === undefined
    ? html`<span class="logo">${name}</span>`
    : html`<a class="logo" href="${address(home)}">${name}</a>`
}

function navigation(links: readonly BarLink[]): Html {
  const items = links.map(link => {
    return html`<a href="${address(link.url)}"${link.current && html` aria-current="page"`}>${link.text}</a>`
  })
  return html`<nav aria-label="Main">${items}</nav>`
}
