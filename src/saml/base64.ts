/**
 * Strict base64 after XML white space is taken out (IdPs wrap lines, some with `&#13;`): the standard alphabet, right padding,
 * nothing after it. Undefined where it is anything else.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[ \t\r\n]+/g, '')
  if (compact === '' || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64')
}
