// What differs between two values of JSON, by path. Members have no order, items have.

/** One place that differs; undefined is what is not there. */
export interface Difference {
  member: string
  before: unknown
  after: unknown
}

/** Every place at which two values differ. Lists of objects are compared item by item, other lists as a whole. */
export function differences(before: unknown, after: unknown, member = ''): Difference[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap(name =>
      differences(own(before, name), own(after, name), member ? `${member}.${name}` : name),
    )
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at)
    const found = items.flatMap(at => differences(before[at], after[at], `${member}[${at}]`))
    if (found.length === 0 || [...before, ...after].every(isObject)) return found
    return [{ member, before, after }]
  }
  return before === after ? [] : [{ member, before, after }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
