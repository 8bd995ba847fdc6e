import { certificateState } from './certificate.ts'
import { type Connection, spAddresses } from './connection.ts'

/** A connection as the API answers it: its settings, our side (`sp`) and the provider's side (`idp`). */
export function showConnection(
  connection: Connection,
  publicUrl: string,
  spCertificates: readonly string[],
  now: Date,
) {
  const { certificates, ...settings } = connection
  const { issuer, sign_on_url, logout_url, logout_response_url } = connection
  return {
    ...settings,
    certificates: certificates.map(one => one.pem),
    sp: { ...spAddresses(publicUrl, connection), certificates: spCertificates },
    idp: {
      issuer,
      sign_on_url,
      logout_url,
      logout_response_url,
      certificates: certificates.map(({ pem: _, ...one }) => ({
        ...one,
        state: certificateState({ pem: '', ...one }, now),
      })),
    },
  }
}
