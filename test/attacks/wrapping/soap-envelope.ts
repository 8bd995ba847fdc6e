import type { Attack } from '../../support/attack.ts'
import { forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the Response comes in the SOAP envelope of another binding, whose Header holds a forged one',
  code: 'schema_invalid',
  forge: stage => {
    const signed = stage.response()
    const forged = stage.response({ sign: 'none', responseId: '_evil' }, forgery(stage))
    const soap = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"'
    const content = `<soap:Header>${forged}</soap:Header><soap:Body>${signed}</soap:Body>`
    return { evil: `<soap:Envelope ${soap}>${content}</soap:Envelope>`, control: signed }
  },
}
