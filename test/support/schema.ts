import { protocolSchema } from '../../src/saml/schema.ts'
import { readSchemas } from '../../src/schemas.ts'

/** The protocol schema, compiled once a test file. */
export const schema = protocolSchema(readSchemas())
