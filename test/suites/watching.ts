import '../see.test.ts'
import '../webhooks.test.ts'
