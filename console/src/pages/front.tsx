import { placeOf, titleOf } from '../deliveries/names'
import { FlowDrawing } from '../flow/drawing'
import { FlowOutline } from '../flow/outline'
import { pictureOf } from '../flow/picture'
import { bytes, count, duration, rate } from '../format'
import { useLive } from '../live/store'
import { Chart } from '../parts/chart'
import { Alert, Commands, Figure } from '../parts/notes'
import { Link } from '../router'

/** The whole way of the data as one live picture. */
export function FrontPage() {
  const store = useLive()
  const overview = store.overview
  if (!overview) return <p class="waiting">Waiting for the server…</p>
  if (overview.streams.length + overview.deliveryStreams.length + overview.buckets.length === 0) return <FirstCommands />
  const { streams, deliveryStreams, time } = overview
  const sum = (values: (number | null | undefined)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const oldest = Math.min(...deliveryStreams.map((stream) => stream.oldestBuffered ?? Infinity))
  const stuck = deliveryStreams.filter((stream) => stream.lastError)
  const put = store.of('all put')
  const delivered = store.of('all delivered')
  const picture = pictureOf(store)
  // What the ETL moves on has come in before.
  const incoming = picture.ways.reduce((total, way) => total + (way.from === null ? way.rate : 0), 0)
  return (
    <>
      <h1 class="unseen">The way of the data</h1>
      <dl class="figures">
        <Figure label="Coming in" value={rate(incoming)} hint={`${count(sum(streams.map((stream) => stream.records)))} records put`} />
        <Figure label="Delivered" value={rate(delivered.rate)} hint={`${count(sum(deliveryStreams.map((stream) => stream.deliveredRecords)))} records`} />
        <Figure label="Waiting in buffers" value={bytes(sum(deliveryStreams.map((stream) => stream.bufferedBytes)))} hint={oldest < Infinity ? `oldest for ${duration(time - oldest)}` : 'nothing waits'} />
        <Figure label="In streams" value={count(sum(streams.map((stream) => stream.retainedRecords)))} hint={`records in ${count(streams.length)} streams`} />
      </dl>
      {stuck.map((stream) => (
        <Alert key={stream.name} title={<><Link to={placeOf(stream)}>{titleOf(stream)}</Link> stands still</>}>{stream.lastError}</Alert>
      ))}
      <section class="card picture" aria-label="Live picture">
        <FlowDrawing picture={picture} />
        <FlowOutline picture={picture} />
      </section>
      <section class="card">
        <Chart title="Records each second" times={put.times} unit={rate} lines={[
          { label: 'put', color: 'stream', values: put.rates },
          { label: 'delivered', color: 'bucket', values: delivered.rates },
        ]} />
      </section>
    </>
  )
}

function FirstCommands() {
  const endpoint = location.port === '4566' ? '' : `export AWS_ENDPOINT_URL=${location.origin}\n\n`
  return (
    <section class="first">
      <h1>Nothing flows yet</h1>
      <p>Three commands make a stream, send a record through it, and show it coming out. This page follows along as you type.</p>
      <Commands>{`${endpoint}./headrace streams create orders --shards 2
./headrace produce --stream orders --json-string '{"session_id":"a1","country":"USA"}'
./headrace consume --stream orders --from trim-horizon`}</Commands>
      <p>
        Or <Link to="streams">create a stream here</Link>. AWS's own clients do as well: give them <code>{location.origin}</code> as
        endpoint. The whole pipeline at once shows <code>./headrace demo</code>.
      </p>
    </section>
  )
}
