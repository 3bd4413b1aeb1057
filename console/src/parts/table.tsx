import type { ComponentChildren } from 'preact'

export interface Column<T> {
  title: string
  isNumber?: boolean
  cell: (item: T) => ComponentChildren
}

export interface TableProps<T> {
  /** What it holds, for whoever can't see it. */
  label: string
  items: T[]
  keyOf: (item: T) => string
  /** The first names the row. */
  columns: Column<T>[]
}

/** A card with a row for each item. */
export function Table<T>({ label, items, keyOf, columns }: TableProps<T>) {
  return (
    <div class="card table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>{columns.map((column) => <th key={column.title} class={kindOf(column)}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map((column, index) => (index === 0
                ? <th key={column.title} scope="row">{column.cell(item)}</th>
                : <td key={column.title} class={kindOf(column)}>{column.cell(item)}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const kindOf = ({ isNumber }: { isNumber?: boolean }): string | undefined => (isNumber ? 'number' : undefined)
