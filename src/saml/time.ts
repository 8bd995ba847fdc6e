// xs:dateTime as SAML uses it (saml-core §1.3.3): UTC, fractions and offsets tolerated, anything else is not a time.

const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/

/** Milliseconds since the epoch, or NaN where the text is no xs:dateTime; a NaN breaks every rule that compares it. */
export function parseTime(text: string): number {
  const found = dateTime.exec(text.trim())
  if (!found) return Number.NaN
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = found
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  // Date.UTC rolls February 30 over to March.
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return Number.NaN
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  return date.getTime() + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset(zone)
}

function offset(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** The form in which we write times: UTC, whole seconds. */
export function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

const duration =
  /^P(?=[\dT])(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/

/** An xs:duration in milliseconds, a year taken as 365 days and a month as 30; NaN where the text is none. */
export function parseDuration(text: string): number {
  const found = duration.exec(text.trim())
  if (!found) return Number.NaN
  const [years, months, days, hours, minutes, seconds] = found.slice(1).map(part => Number(part ?? 0))
  const wholeDays = (years ?? 0) * 365 + (months ?? 0) * 30 + (days ?? 0)
  return (((wholeDays * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000
}
