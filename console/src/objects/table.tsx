import { count, utc } from '../format'

/** Rows of named columns; how many there are in all where that is known. */
export interface Table {
  columns: string[]
  rows: unknown[][]
  total: number | null
}

export function TableView({ table }: { table: Table }) {
  const { columns, rows, total } = table
  const kinds = columns.map((_, column) => (rows.some((row) => isNumber(row[column])) ? 'number' : ''))
  return (
    <>
      <p class="says">{total === rows.length ? `${count(total)} rows.` : `The first ${count(rows.length)} rows${total === null ? '' : ` of ${count(total)}`}.`} {count(columns.length)} columns.</p>
      <div class="cells" tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead><tr>{columns.map((column, index) => <th key={index} class={kinds[index]}>{column}</th>)}</tr></thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>{columns.map((_, column) => <td key={column} class={kinds[column]}>{shown(row[column])}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint'

function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return isNaN(value.getTime()) ? 'no time' : utc(value.getTime())
  if (value instanceof Uint8Array) return Array.from(value.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  if (typeof value === 'object') return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each))
  return String(value)
}
