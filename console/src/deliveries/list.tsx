import type { ComponentChildren } from 'preact'
import { bytes, count, rate } from '../format'
import type { DeliveryOverview } from '../live/overview'
import { useLive } from '../live/store'
import { ListPage } from '../parts/list'
import { Status } from '../parts/notes'
import { Link, pathTo } from '../router'
import type { DeliveryKind } from './kinds'
import { placeOf, titleOf } from './names'
import { Source } from './source'

interface Props {
  kind: DeliveryKind
  streams: DeliveryOverview[]
  empty: ComponentChildren
  create?: { act: string; form: (onClose: () => void) => ComponentChildren }
}

/** The page of all that delivers in one of its two ways. */
export function DeliveryList({ kind, streams, empty, create }: Props) {
  const store = useLive()
  return (
    <ListPage
      section={kind.section}
      label={kind.section.title}
      empty={empty}
      create={create}
      items={streams}
      keyOf={(stream) => stream.name}
      columns={[
        { title: kind.title, cell: (stream) => <Link to={placeOf(stream)}>{titleOf(stream)}</Link> },
        { title: 'Status', cell: (stream) => (stream.lastError ? <span class="status bad">STANDS STILL</span> : <Status value={stream.status} />) },
        { title: 'From', cell: (stream) => <Source stream={stream} /> },
        { title: 'To', cell: (stream) => <Link to={pathTo('buckets', stream.bucket)}>{stream.bucket}</Link> },
        { title: 'Taking', isNumber: true, cell: (stream) => rate(store.of(`taken ${stream.name}`).rate) },
        { title: kind.waiting, isNumber: true, cell: (stream) => bytes(stream.bufferedBytes ?? 0) },
        { title: 'Delivered', isNumber: true, cell: (stream) => count(stream.deliveredRecords ?? 0) },
        { title: 'Objects', isNumber: true, cell: (stream) => count(stream.deliveredObjects ?? 0) },
      ]}
    />
  )
}
