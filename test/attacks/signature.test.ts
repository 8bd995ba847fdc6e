import { runAttacks } from '../support/attacks.ts'

await runAttacks('signature')
