import { deflateRawSync } from 'node:zlib'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

// Ten megabytes fit into the longest address that a server takes.
const bomb = deflateRawSync(Buffer.alloc(10_000_000, 32))

export const attack: LogoutAttack = {
  misdeed: 'a short query grows to ten megabytes',
  code: 'xml_limits',
  forge: stage => ({
    evil: stage.redirect({}, { compress: () => bomb }),
    control: stage.redirect(),
  }),
}
