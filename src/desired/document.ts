// THE WISH: what the house should be, written in files. This room reads files into drafts, compares them with what is kept, and writes
// what is kept as such a file. Pure: it hands on plans and texts; it never touches the database, the disk or the environment.

import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { type Mistake, Problem } from '../problem.ts'

/** A file as it was read; `name` is said of its mistakes. */
export interface SourceFile {
  name: string
  text: string
}

/** The kinds of things that a file may hold, each a list under its name. */
export const kinds = ['connections', 'clients'] as const

/** A kind. */
export type Kind = (typeof kinds)[number]

/** One thing that a file asks for, as it stands there; `place` says where a member of it is: `house.yaml:12 connections[0].name`. */
export interface Entry {
  kind: Kind
  body: unknown
  file: string
  place: (field: string) => string
}

/** What files ask for; a kind that no file names is not looked at. */
export interface Asked {
  kinds: ReadonlySet<Kind>
  entries: Entry[]
}

/** Reads YAML 1.2 or JSON; throws `invalid_request` with every mistake that can be seen without knowing what the members mean. */
export function readFiles(files: readonly SourceFile[]): Asked {
  const read = files.map(readOne)
  const mistakes = read.flatMap(one => one.mistakes)
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  return { kinds: new Set(read.flatMap(one => one.kinds)), entries: read.flatMap(one => one.entries) }
}

interface Read {
  kinds: Kind[]
  entries: Entry[]
  mistakes: Mistake[]
}

function readOne({ name, text }: SourceFile): Read {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => `${name}:${lines.linePos(offset).line}`
  const none: Read = { kinds: [], entries: [], mistakes: [] }
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0)
    return {
      ...none,
      mistakes: faults.map(one => ({ field: at(one.pos[0]), message: `is not as YAML is: ${one.message}` })),
    }
  const content = contentOf(document)
  if (content instanceof Error)
    return { ...none, mistakes: [{ field: name, message: `cannot be read: ${content.message}` }] }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return { ...none, mistakes: [{ field: name, message: `must hold ${kinds.join(' and ')}, each a list.` }] }
  const place = (path: string) => `${at(offsetOf(document, path))} ${path}`
  const members = Object.entries(content)
  const wrong = members.flatMap(([member, list]) =>
    wrongMember(member, list).map(message => ({ field: place(member), message })),
  )
  if (wrong.length > 0) return { ...none, mistakes: wrong }
  const entries = members.flatMap(([kind, list]) =>
    (list as unknown[]).map((body, index): Entry => {
      const path = `${kind}[${index}]`
      const within = (field: string) => place(field === '' || field === 'body' ? path : `${path}.${field}`)
      return { kind: kind as Kind, body, file: name, place: within }
    }),
  )
  return { kinds: members.map(([kind]) => kind as Kind), entries, mistakes: [] }
}

// An alias that unfolds without end is a fault too.
function contentOf(document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    return error
  }
}

function wrongMember(member: string, list: unknown): string[] {
  if (!kinds.some(kind => kind === member)) return [`is not a member that this takes: ${kinds.join(' or ')}.`]
  return Array.isArray(list) ? [] : ['must be a list.']
}

// Where the innermost part of a path stands that the file has.
function offsetOf(document: Document, path: string): number {
  const steps = path.split(/[.[\]]+/).filter(step => step !== '')
  for (let depth = steps.length; depth > 0; depth -= 1) {
    const node = document.getIn(
      steps.slice(0, depth).map(step => (/^\d+$/.test(step) ? Number(step) : step)),
      true,
    )
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
