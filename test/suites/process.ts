import '../server.test.ts'
