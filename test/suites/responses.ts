import '../legitimate.test.ts'
import '../providers.test.ts'
import '../provider-mistakes.test.ts'
