import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Section } from '../sections'
import { PageHead } from './head'
import { Table, type TableProps } from './table'

interface ListProps<T> extends TableProps<T> {
  section: Section
  /** What stands there while there are none. */
  empty: ComponentChildren
  /** A form that makes another one, and what the button says that opens it. */
  create?: { act: string; form: (onClose: () => void) => ComponentChildren }
}

/** The page of all things of a kind. */
export function ListPage<T>({ section, empty, create, ...table }: ListProps<T>) {
  const [isCreating, setCreating] = useState(false)
  return (
    <>
      <PageHead title={section.title}>
        {create && <button class="primary" onClick={() => setCreating(true)}>{create.act}</button>}
      </PageHead>
      {table.items.length === 0 ? empty : <Table {...table} />}
      {isCreating && create?.form(() => setCreating(false))}
    </>
  )
}
