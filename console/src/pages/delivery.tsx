import { useEffect, useMemo, useState } from 'preact/hooks'
import { aws } from '../api'
import { Failures } from '../deliveries/failures'
import { DeliveryLog } from '../deliveries/log'
import { bytes, count, duration, rate } from '../format'
import type { DeliveryOverview } from '../live/overview'
import { useLive } from '../live/store'
import { Chart } from '../parts/chart'
import { FormDialog } from '../parts/dialog'
import { LagChart } from '../parts/lagchart'
import { ErrorNote, Figure, Status, Time } from '../parts/notes'
import { ContentView } from '../records/content'
import { Link, go, pathTo } from '../router'

export function DeliveryPage({ name }: { name: string }) {
  const store = useLive()
  const [isDeleting, setDeleting] = useState(false)
  const [description, setDescription] = useState<object | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    aws<{ DeliveryStreamDescription: object }>('firehose', 'DescribeDeliveryStream', { DeliveryStreamName: name })
      .then((answer) => setDescription(answer.DeliveryStreamDescription), setError)
  }, [name])
  const stream = store.overview?.deliveryStreams.find((each) => each.name === name)
  if (!stream) return <p class="waiting">{store.overview ? <>There is no delivery stream {name} in this region. <Link to="delivery">All delivery streams</Link></> : 'Waiting for the server…'}</p>
  const taken = store.of(`taken ${name}`)
  const delivered = store.of(`delivered ${name}`)
  return (
    <>
      <nav class="crumbs" aria-label="Where this is"><Link to="delivery">Delivery streams</Link></nav>
      <div class="head">
        <h1>{name}</h1>
        <Status value={stream.status} />
        <span class="spring" />
        <button class="danger quiet" onClick={() => setDeleting(true)}>Delete</button>
      </div>
      {stream.lastError && <div class="note bad" role="alert"><strong>Delivery stands still</strong><span>{stream.lastError}</span></div>}
      <dl class="figures">
        <Figure label="Taking" value={rate(taken.rate)} hint={stream.sourceStream ? <>from <Link to={pathTo('streams', stream.sourceStream)}>{stream.sourceStream}</Link></> : 'direct puts'} />
        <Figure label="Delivered" value={count(stream.deliveredRecords ?? 0)} hint={`records, ${bytes(stream.deliveredBytes ?? 0)}`} />
        <Figure label="Objects" value={count(stream.deliveredObjects ?? 0)} hint={<>in <Link to={pathTo('buckets', stream.bucket, ...(stream.prefix ?? '').split('/'))}>{stream.bucket}/{stream.prefix ?? ''}</Link></>} />
        <Figure label="Freshness" value={duration(stream.freshnessMilliseconds)} hint="the age of the oldest record that waits" />
        <Figure label="Lost" value={count(stream.lostRecords ?? 0)} hint="to the source's retention" />
      </dl>
      <Buffer stream={stream} now={store.overview!.time} />
      <section class="card charts">
        <Chart title="Records each second" times={taken.times} unit={rate} lines={[
          { label: 'taken', color: 'delivery', values: taken.rates },
          { label: 'delivered', color: 'bucket', values: delivered.rates },
        ]} />
        <LagChart title="Freshness" readers={[{ name: 'oldest that waits', lag: store.of(`freshness ${name}`) }]} />
      </section>
      {description && <DeliveryLog description={description} news={`${stream.lastError} ${stream.deliveredObjects}`} />}
      <Failures stream={stream} hasBucket={store.overview!.buckets.some((each) => each.name === stream.bucket)} />
      <Configuration description={description} error={error} />
      <p class="foot">Created <Time at={stream.createdAt} /></p>
      {isDeleting && (
        <FormDialog title={`Delete ${name}?`} act="Delete the delivery stream" danger onClose={() => setDeleting(false)} onSubmit={async () => {
          await aws('firehose', 'DeleteDeliveryStream', { DeliveryStreamName: name })
          go('delivery')
        }}>
          <p>{(stream.bufferedRecords ?? 0) > 0 ? `The ${count(stream.bufferedRecords ?? 0)} records in its buffer are not delivered any more.` : 'Nothing is in its buffer.'} Objects that it delivered stay.</p>
        </FormDialog>
      )}
    </>
  )
}

/** How near the next object is: it is put when the buffer is full or its oldest record has waited long enough. */
function Buffer({ stream, now }: { stream: DeliveryOverview; now: number }) {
  const size = stream.bufferedBytes ?? 0
  const age = stream.oldestBuffered ? Math.max(0, now - stream.oldestBuffered) : 0
  return (
    <section class="card buffer" aria-label="Buffer">
      <h2>The next object <small>{count(stream.bufferedRecords ?? 0)} records wait</small></h2>
      <label>Size <b>{bytes(size)} of {stream.bufferMegabytes} MiB</b><meter min={0} max={stream.bufferMegabytes * 1_048_576} value={size} /></label>
      <label>Age <b>{duration(age)} of {stream.bufferSeconds} s</b><meter min={0} max={Math.max(1, stream.bufferSeconds * 1000)} value={age} /></label>
    </section>
  )
}

function Configuration({ description, error }: { description: object | null; error: unknown }) {
  const text = useMemo(() => description && new TextEncoder().encode(JSON.stringify(description)), [description])
  return (
    <section class="card">
      <h2>Configuration</h2>
      <ErrorNote error={error} />
      {text && <ContentView bytes={text} />}
    </section>
  )
}
