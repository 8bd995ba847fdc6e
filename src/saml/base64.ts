/**
 * Strict base64 after XML white space is taken out (IdPs wrap lines, some with `&#13;`): the standard alphabet, right padding,
 * nothing after it. Undefined where it is anything else.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[ \t\r\n]+/g, '')
  const bytes = Buffer.from(compact, 'base64')
  return compact !== '' && bytes.toString('base64') === compact ? bytes : undefined
}
