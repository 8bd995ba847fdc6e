/** Prints a table with a title: the first column flush left, numbers flush right, codes flush left. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)))
  const left = head.map((_, column) => rows.some(row => !/^[\d.]+( x)?$/.test(row[column] ?? '')))
  const line = (row: readonly string[]) =>
    row
      .map((cell, n) => (left[n] ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  console.log(`\n${title}\n${rule}\n${all.map(line).join('\n')}`)
}

/** A duration in milliseconds, to three digits after the point. */
export function milliseconds(value: number): string {
  return value.toFixed(3)
}
