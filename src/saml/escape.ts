/** Text as XML character data or as a double-quoted attribute value (xml §2.4); never more than text. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, character => `&#${character.charCodeAt(0)};`)
}
