// The thread that judges large messages (judging.ts): the same judgement with tools of its own. Nothing is shared with the others.

import type { Task, Verdict } from './judging.ts'
import { judgeResponse } from './logins/judgement.ts'
import { Problem } from './problem.ts'
import { openInquiry } from './saml/inquiry.ts'
import { protocolSchema } from './saml/schema.ts'
import { samlifyOpinion } from './saml/second-opinion.ts'
import { readSchemas } from './schemas.ts'
import { stepTimer } from './see/spans.ts'

const schema = protocolSchema(readSchemas())

/** Judges one message; whatever is not a Problem is thrown to the caller. */
export function judge({ crossCheck, ...hearing }: Task): Verdict {
  const took: Verdict['took'] = []
  const inquiry = openInquiry(stepTimer((...step) => took.push(step)))
  const tools = { schema, opinion: crossCheck ? samlifyOpinion : undefined }
  try {
    const admission = judgeResponse({ ...hearing, tools }, inquiry)
    return { checks: inquiry.checks, admission, refused: undefined, took }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, detail, stranger } = error
    return { checks: inquiry.checks, admission: undefined, refused: { code, detail, stranger }, took }
  }
}
