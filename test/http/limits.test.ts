import { test } from 'tap'
import { testApp } from '../support/app.ts'

test('an address that begins too many logins is told to wait; another address and other doors are not', async t => {
  const { app } = await testApp(t)
  const begin = (remoteAddress: string) => app.inject({ url: '/login?email=x', remoteAddress })
  const statuses = new Set<number>()
  for (let batch = 0; batch < 20; batch += 1) {
    for (const answer of await Promise.all(Array.from({ length: 50 }, () => begin('192.0.2.1'))))
      statuses.add(answer.statusCode)
  }
  t.same([...statuses], [404])
  const refused = await begin('192.0.2.1')
  t.match(refused.json(), { code: 'too_many_requests' })
  t.match(refused.headers['retry-after'], /^\d+$/)
  t.equal((await begin('192.0.2.2')).statusCode, 404)
  t.equal((await app.inject({ url: '/livez', remoteAddress: '192.0.2.1' })).statusCode, 200)
})
