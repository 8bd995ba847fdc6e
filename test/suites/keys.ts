import '../keys.test.ts'
import '../tokens/rotation.test.ts'
