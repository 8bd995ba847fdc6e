import '../oauth/at-hand.test.ts'
import '../oauth/clients.test.ts'
import '../oauth/flow.test.ts'
import '../oauth/tokens.test.ts'
