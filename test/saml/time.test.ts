import { test } from 'tap'
import { formatTime, parseTime } from '../../src/saml/time.ts'

test('xs:dateTime is read in UTC, with fractions and offsets', async t => {
  const noon = Date.UTC(2026, 0, 31, 12)
  for (const text of [
    '2026-01-31T12:00:00Z',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00:00.0Z',
    ' 2026-01-31T13:00:00+01:00 ',
    '2026-01-31T06:30:00-05:30',
  ]) {
    t.equal(parseTime(text), noon, text)
  }
  t.equal(parseTime('2026-01-31T12:00:00.1239999Z'), noon + 123)
  t.equal(parseTime('2038-02-01T00:00:00Z'), Date.UTC(2038, 1, 1))
  t.equal(formatTime(noon + 999), '2026-01-31T12:00:00Z')
})

test('what is no time is NaN', async t => {
  for (const text of [
    '',
    'now',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:00:60Z',
    '2026-01-31',
    '2026-01-31 12:00:00Z',
    '2026-01-31T12:00:00.Z',
    '2026-01-31T12:00:00z',
    '-2026-01-31T12:00:00Z',
    '12026-01-31T12:00:00Z',
    '1795454467322',
    'Infinity',
  ]) {
    t.ok(Number.isNaN(parseTime(text)), text)
  }
})
