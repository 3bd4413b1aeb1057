import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { bytes, count, duration, rate } from '../format'
import type { DeliveryOverview } from '../live/overview'
import { useLive } from '../live/store'
import { DeleteDialog } from '../parts/dialog'
import { PageHead } from '../parts/head'
import { Alert, Figure, Status, Time } from '../parts/notes'
import { Link, go } from '../router'
import { Buffer } from './buffer'
import { DeliveryCharts } from './charts'
import { Configuration } from './configuration'
import { Failures } from './failures'
import type { DeliveryKind } from './kinds'
import { DeliveryLog } from './log'
import { titleOf } from './names'
import { Source } from './source'

interface Props {
  kind: DeliveryKind
  stream: DeliveryOverview
  /** What its API says of it, once that is known, or why it is not. */
  description: object | null
  error: unknown
  /** Where its errors are logged. */
  log: { group: string; stream: string } | null
  /** The place where its objects lie, and what is shown for it. */
  objects: { path: string; shown: string }
  /** Where records go that failed. */
  failures: { bucket: string; prefix: string | null }
  erase: () => Promise<unknown>
  /** What else can be done. */
  acts?: ComponentChildren
  /** What else there is to say. */
  children?: ComponentChildren
}

/** The page of one delivery stream or channel. */
export function DeliveryDetails({ kind, stream, description, error, log, objects, failures, erase, acts, children }: Props) {
  const store = useLive()
  const [isDeleting, setDeleting] = useState(false)
  const title = titleOf(stream)
  return (
    <>
      <PageHead title={title} from={kind.section} status={<Status value={stream.status} />}>
        {acts}
        <button class="danger quiet" onClick={() => setDeleting(true)}>Delete</button>
      </PageHead>
      {stream.lastError && <Alert title="Delivery stands still">{stream.lastError}</Alert>}
      <dl class="figures">
        <Figure label="Taking" value={rate(store.of(`taken ${stream.name}`).rate)} hint={<>{stream.type !== 'DirectPut' && 'from '}<Source stream={stream} /></>} />
        <Figure label="Delivered" value={count(stream.deliveredRecords ?? 0)} hint={`records, ${bytes(stream.deliveredBytes ?? 0)}`} />
        <Figure label="Objects" value={count(stream.deliveredObjects ?? 0)} hint={<>in <Link to={objects.path}>{objects.shown}</Link></>} />
        <Figure label="Freshness" value={duration(stream.freshnessMilliseconds)} hint={kind.freshness(stream)} />
        <Figure label="Lost" value={count(stream.lostRecords ?? 0)} hint={kind.lost} />
      </dl>
      <Buffer stream={stream} now={store.overview!.time} />
      {children}
      <DeliveryCharts name={stream.name} />
      {log && <DeliveryLog {...log} news={`${stream.lastError} ${stream.deliveredObjects}`} />}
      <Failures bucket={failures.bucket} errorPrefix={failures.prefix} hasBucket={store.overview!.buckets.some((each) => each.name === failures.bucket)} news={stream.deliveredObjects} />
      <Configuration description={description} error={error} />
      <p class="foot">Created <Time at={stream.createdAt} /></p>
      {isDeleting && (
        <DeleteDialog name={title} kind={kind.one} erase={erase} onErased={() => go(kind.section.path)} onClose={() => setDeleting(false)}>
          {kind.left(stream.bufferedRecords ?? 0)} Objects that it delivered stay.
        </DeleteDialog>
      )}
    </>
  )
}
