import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Response comes inside an ArtifactResponse, as if it had been fetched from the identity provider itself',
  code: 'response_layout',
  forge: stage => {
    const signed = stage.response()
    const shell = stage.response({ sign: 'none' }, signed)
    const evil = shell
      .replace('<samlp:Response ', '<samlp:ArtifactResponse ')
      .replace(/<\/samlp:Response>$/, '</samlp:ArtifactResponse>')
    return { evil, control: signed }
  },
}
