// The demo's front door: the home page, the one-click sign-in, and the explanation of an attempt.

import type {} from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { type Explanation, explainPage } from '../pages/explain.ts'
import { Problem } from '../problem.ts'
import { answerCookie, readAnswer, writeAnswer } from './answer.ts'
import { homePage } from './home-page.ts'
import { people } from './people.ts'
import { sendPage } from './send-page.ts'

/** What the front door needs: the public origin, the connection id of each company, and the explanation of an attempt. */
export interface HomeDeps {
  publicUrl: string
  connections: () => Promise<Readonly<Record<string, string>>>
  explain: (traceId: string) => Promise<Explanation | null>
}

/** Adds `GET /`, `GET /demo/sign-in` and `GET /demo/explain/{traceId}`. */
export function homeRoutes(app: FastifyInstance, deps: HomeDeps): void {
  app.get('/', async (_, reply) => {
    const page = homePage({ publicUrl: deps.publicUrl, connections: await deps.connections() })
    return sendPage(reply, page)
  })
  app.get<{ Querystring: { as?: unknown } }>('/demo/sign-in', async ({ query }, reply) => {
    const answer = readAnswer(query.as ?? 'alice')
    if (answer === null) throw new Problem('invalid_request', { detail: 'The demo knows nobody of that name.' })
    const connection = (await deps.connections())[people[answer.person].tenant]
    if (connection === undefined) throw new Problem('connection_not_found')
    const secure = deps.publicUrl.startsWith('https:')
    reply.setCookie(answerCookie, writeAnswer(answer), {
      path: '/demo/idp',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge: 60,
    })
    return reply.redirect(`/login/${encodeURIComponent(connection)}?return_to=%2Fdemo%2Fbackend`, 303)
  })
  app.get<{ Params: { traceId: string } }>('/demo/explain/:traceId', async ({ params }, reply) => {
    const attempt = await deps.explain(params.traceId)
    if (attempt === null) throw new Problem('not_found')
    const page = explainPage({ ...attempt, home: '/', next: { text: 'Try another', url: '/#wrong' } })
    return sendPage(reply, page)
  })
}
