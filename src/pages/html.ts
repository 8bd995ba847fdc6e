// THE PAPER. The one way to make HTML in this house: a template tag that escapes whatever is put into it. It hands on
// `Html`, which only `html` can make, so that a string from outside is never taken for markup. It never touches a request.

const markup: unique symbol = Symbol('html')

/** Markup that is safe to send: made by `html` and by nothing else. */
export interface Html {
  readonly [markup]: string
}

/** What may stand in a template: text is escaped, Html passes, a list is joined, nothing is shown for null, undefined and false. */
export type Content = Html | string | number | null | undefined | false | readonly Content[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Writes markup; every value is escaped for text and for attributes in double quotes (the only kind that templates use). */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  let text = strings[0] ?? ''
  values.forEach((value, index) => {
    text += write(value) + (strings[index + 1] ?? '')
  })
  return { [markup]: text }
}

/** The markup as text, to be sent as `text/html; charset=utf-8`. */
export function render(page: Html): string {
  return page[markup]
}

/** An address for `href` or `action`: http, https, or a path or query of this origin; anything else (`javascript:`) becomes `#`. */
export function address(url: string): string {
  if (/^(?:\/(?![/\\])|[?#])[^\s\\]*$/.test(url)) return url
  return /^https?:\/\/[^\s\\]+$/i.test(url) && URL.canParse(url) ? url : '#'
}

function write(value: Content): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/g, character => entities[character] ?? '')
  if (typeof value === 'number') return String(value)
  return isList(value) ? value.map(write).join('') : (value[markup] ?? '')
}

function isList(value: Html | readonly Content[]): value is readonly Content[] {
  return Array.isArray(value)
}
