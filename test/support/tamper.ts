// Edits of messages as text. An edit that finds nothing to change throws: an attack that changes nothing is no attack.

/** Replaces the first occurrence of `what`. */
export function swap(text: string, what: string | RegExp, by: string | ((found: string) => string)): string {
  const changed = text.replace(what, found => (typeof by === 'string' ? by : by(found)))
  if (changed === text) throw new Error(`The edit changes nothing: ${what}`)
  return changed
}

/** The first Signature element of a message, as it stands there. */
export function signatureIn(xml: string): string {
  const found = /<ds:Signature .*?<\/ds:Signature>/s.exec(xml)?.[0]
  if (!found) throw new Error('There is no Signature.')
  return found
}

/** Gives a Signature another value, made from the canonical text of its SignedInfo. */
export function revalue(signature: string, value: (signedInfo: string) => Buffer): string {
  const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(signature)?.[0]
  if (!info) throw new Error('There is no SignedInfo.')
  const text = swap(info, '<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
  const element = `<ds:SignatureValue>${value(text).toString('base64')}</ds:SignatureValue>`
  return swap(signature, /<ds:SignatureValue>.*?<\/ds:SignatureValue>/s, element)
}

/** Changes the bytes of the first SignatureValue of a text. */
export function changeValue(text: string, change: (value: Buffer) => Buffer): string {
  return changeBytes(text, /(?<=<ds:SignatureValue>)[^<]*/, change)
}

/** Changes the bytes of an encryption: of the encrypted key, or of the encrypted data (which stands last in the usual form). */
export function changeCipher(text: string, part: 'key' | 'data', change: (bytes: Buffer) => Buffer): string {
  const first = /(?<=<xenc:CipherValue>)[^<]*/
  const last = /(?<=<xenc:CipherValue>)[^<]*(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/
  return changeBytes(text, part === 'key' ? first : last, change)
}

/** Flips the lowest bit of one byte; a negative place counts from the end. */
export function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  const place = at < 0 ? bytes.length + at : at
  changed.writeUInt8(changed.readUInt8(place) ^ 1, place)
  return changed
}

function changeBytes(text: string, where: RegExp, change: (bytes: Buffer) => Buffer): string {
  return swap(text, where, found => change(Buffer.from(found, 'base64')).toString('base64'))
}
