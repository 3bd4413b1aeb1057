import type { Table } from './table'

/** Reads lines of values as RFC 4180 has them; what is quoted may hold separators and line ends. The first line names the columns. */
export function parseCsv(text: string, isWhole: boolean, rows: number): Table {
  const separator = separatorOf(text)
  const lines: string[][] = []
  let line: string[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length && lines.length <= rows) {
    const [value, end] = text[at] === '"' ? quoted(text, at) : plain(text, at, separator)
    line.push(value)
    at = end
    if (text[at] === separator) {
      at++
      if (at === text.length) line.push('')
      continue
    }
    // A line that was cut off where reading ended is not shown.
    if (at < text.length || isWhole) lines.push(line)
    line = []
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
  }
  const [columns = [], ...found] = lines
  return { columns, rows: found, total: at >= text.length && isWhole ? found.length : null }
}

/** The one that the first line has most of. */
function separatorOf(text: string): string {
  const first = text.slice(0, text.indexOf('\n') + 1 || text.length)
  const times = (separator: string) => first.split(separator).length
  return [',', ';', '\t', '|'].reduce((best, next) => (times(next) > times(best) ? next : best))
}

function quoted(text: string, from: number): [string, number] {
  let value = ''
  let at = from + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return [value + text.slice(at), text.length]
    value += text.slice(at, end)
    if (text[end + 1] !== '"') return [value, end + 1]
    value += '"'
    at = end + 2
  }
}

function plain(text: string, from: number, separator: string): [string, number] {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
  return [text.slice(from, at), at]
}
