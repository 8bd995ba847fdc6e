import '../http/connections.test.ts'
import '../http/clients.test.ts'
import '../http/sessions.test.ts'
import '../http/claims.test.ts'
