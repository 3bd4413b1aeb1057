import { useEffect, useState } from 'preact/hooks'
import { aws } from '../api'
import { Buffer } from '../deliveries/buffer'
import { DeliveryCharts } from '../deliveries/charts'
import { Configuration } from '../deliveries/configuration'
import { Failures } from '../deliveries/failures'
import { DeliveryLog } from '../deliveries/log'
import { bytes, count, duration, rate } from '../format'
import { useLive } from '../live/store'
import { FormDialog } from '../parts/dialog'
import { Figure, Status, Time } from '../parts/notes'
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
  const stream = store.overview?.deliveryStreams.find((each) => !each.channel && each.name === name)
  if (!stream) return <p class="waiting">{store.overview ? <>There is no delivery stream {name} in this region. <Link to="delivery">All delivery streams</Link></> : 'Waiting for the server…'}</p>
  const taken = store.of(`taken ${name}`)
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
      <DeliveryCharts name={name} />
      {description && <DeliveryLog {...logOf(description)} news={`${stream.lastError} ${stream.deliveredObjects}`} />}
      <Failures bucket={stream.bucket} errorPrefix={stream.errorOutputPrefix} hasBucket={store.overview!.buckets.some((each) => each.name === stream.bucket)} news={stream.deliveredObjects} />
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

/** Where the errors go: as it is configured, and otherwise as AWS's console would have it. */
function logOf(description: object): { group: string; stream: string } {
  const { DeliveryStreamName, Destinations } = description as { DeliveryStreamName: string; Destinations?: Record<string, { CloudWatchLoggingOptions?: { Enabled?: boolean; LogGroupName?: string; LogStreamName?: string } }>[] }
  const options = Object.values(Destinations?.[0] ?? {}).map((each) => each?.CloudWatchLoggingOptions).find((each) => each?.Enabled && each.LogGroupName)
  return { group: options?.LogGroupName ?? `/aws/kinesisfirehose/${DeliveryStreamName}`, stream: options?.LogStreamName ?? 'DestinationDelivery' }
}
