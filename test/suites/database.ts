import '../db/embedded.test.ts'
import '../db/migrate.test.ts'
import '../db/pool.test.ts'
import '../database-away.test.ts'
