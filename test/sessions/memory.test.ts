import { test } from 'tap'
import { isIn, openMemory } from '../../src/sessions/memory.ts'
import type { Session } from '../../src/sessions/session.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const in10s = new Date(now.getTime() + 10_000)

function session(sid: string, more: Partial<Session> = {}): Session {
  const names = { sub: 'sub', connection_id: 'connection', tenant: 'acme', client_id: 'default' }
  const times = { auth_time: now, created_at: now, last_seen_at: now, expires_at: in10s }
  return { sid, ...names, claims: {}, name_id: null, session_indexes: [], ...times, ...more }
}

test('memory is bounded: what was not asked for the longest goes', async t => {
  const memory = openMemory(2)
  const put = (name: string) => memory.put(`key ${name}`, session(name), memory.forgotten())
  put('a')
  put('b')
  memory.get('key a')
  put('c')
  t.same(
    [memory.get('key a')?.session.sid, memory.get('key b'), memory.get('key c')?.session.sid],
    ['a', undefined, 'c'],
  )
  put('c')
  t.equal(memory.size(), 2)
  memory.forget(['b', 'c', 'unknown'])
  t.equal(memory.get('key c'), undefined)
  memory.clear()
  t.equal(memory.size(), 0)
})

test('a session that was read while something was ended is not remembered: it might be that one', async t => {
  const memory = openMemory()
  const before = memory.forgotten()
  memory.forget(['a'])
  t.equal(memory.put('key', session('a'), before).session.sid, 'a')
  t.equal(memory.get('key'), undefined)
  memory.put('key', session('a'), memory.forgotten())
  t.ok(memory.get('key'))
})

test('a session is in until its last second and its idle limit; a time that is none is an end', async t => {
  const at = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  const one = openMemory().put('key', session('a'), 0)
  t.equal(isIn(one, at(4_999), 5), true)
  t.equal(isIn(one, at(5_000), 5), false)
  t.equal(isIn(one, at(9_999), 60), true)
  t.equal(isIn(one, at(10_000), 60), false)
  const never = new Date(Number.NaN)
  t.equal(isIn(one, never, 60), false)
  t.equal(isIn({ ...one, usedAt: Number.NaN }, now, 60), false)
  t.equal(isIn({ ...one, session: session('a', { expires_at: never }) }, now, 60), false)
})
