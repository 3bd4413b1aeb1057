import { useEffect, useState } from 'preact/hooks'
import { aws } from '../api'
import { bytes, count, duration, rate } from '../format'
import type { DeliveryOverview } from '../live/overview'
import { useLive } from '../live/store'
import { Chart } from '../parts/chart'
import { FormDialog } from '../parts/dialog'
import { ErrorNote, Figure, Status, Time } from '../parts/notes'
import { ContentView } from '../records/content'
import { Link, go, pathTo } from '../router'

export function DeliveryPage({ name }: { name: string }) {
  const store = useLive()
  const [isDeleting, setDeleting] = useState(false)
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
        <Figure label="Lost" value={count(stream.lostRecords ?? 0)} hint="to the source's retention" />
      </dl>
      <Buffer stream={stream} now={store.overview!.time} />
      <section class="card">
        <Chart title="Records each second" times={taken.times} unit={rate} lines={[
          { label: 'taken', color: 'delivery', values: taken.rates },
          { label: 'delivered', color: 'bucket', values: delivered.rates },
        ]} />
      </section>
      <Errors stream={stream} />
      <Configuration name={name} />
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

function Errors({ stream }: { stream: DeliveryOverview }) {
  if (!stream.errorOutputPrefix) return null
  const fixed = stream.errorOutputPrefix.split('!{')[0]!
  return (
    <p>Records that could not be processed go to <Link to={pathTo('buckets', stream.bucket, ...fixed.split('/'))}>{stream.bucket}/{stream.errorOutputPrefix}</Link>.</p>
  )
}

function Configuration({ name }: { name: string }) {
  const [text, setText] = useState<Uint8Array | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    aws<{ DeliveryStreamDescription: object }>('firehose', 'DescribeDeliveryStream', { DeliveryStreamName: name })
      .then((answer) => setText(new TextEncoder().encode(JSON.stringify(answer.DeliveryStreamDescription))), setError)
  }, [name])
  return (
    <section class="card">
      <h2>Configuration</h2>
      <ErrorNote error={error} />
      {text && <ContentView bytes={text} />}
    </section>
  )
}
