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

interface Description {
  ChannelName: string
  ChannelId: string
  LoggingConfiguration?: { CloudWatchLogs?: { LogGroupName?: string; LogStreamName?: string } }
}

const formats: Record<string, string> = { ByteArray: 'anything', Json: 'JSON', String: 'UTF-8' }

export function ChannelPage({ name }: { name: string }) {
  const store = useLive()
  const [isDeleting, setDeleting] = useState(false)
  const [description, setDescription] = useState<Description | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stream = store.overview?.deliveryStreams.find((each) => each.channel?.name === name)
  const arn = stream?.channel?.arn
  useEffect(() => {
    if (arn) aws<{ ChannelDescription: Description }>('kinesis', 'DescribeChannel', { ChannelARN: arn }).then((answer) => setDescription(answer.ChannelDescription), setError)
  }, [arn])
  const channel = stream?.channel
  if (!channel) return <p class="waiting">{store.overview ? <>There is no channel {name} in this region. <Link to="channels">All channels</Link></> : 'Waiting for the server…'}</p>
  // Where keys begin alike, whatever the time.
  const folder = channel.keyTemplate.split('!{')[0]!.split('/').slice(0, -1)
  return (
    <>
      <nav class="crumbs" aria-label="Where this is"><Link to="channels">Channels</Link></nav>
      <div class="head">
        <h1>{name}</h1>
        <Status value={stream.status} />
        <span class="spring" />
        <button class="danger quiet" onClick={() => setDeleting(true)}>Delete</button>
      </div>
      {stream.lastError && <div class="note bad" role="alert"><strong>Delivery stands still</strong><span>{stream.lastError}</span></div>}
      <dl class="figures">
        <Figure label="Taking" value={rate(store.of(`taken ${stream.name}`).rate)} hint={stream.sourceStream && <>from <Link to={pathTo('streams', stream.sourceStream)}>{stream.sourceStream}</Link></>} />
        <Figure label="Delivered" value={count(stream.deliveredRecords ?? 0)} hint={`records, ${bytes(stream.deliveredBytes ?? 0)}`} />
        <Figure label="Objects" value={count(stream.deliveredObjects ?? 0)} hint={<>in <Link to={pathTo('buckets', stream.bucket, ...folder, ...(folder.length ? [''] : []))}>{[stream.bucket, ...folder, ''].join('/')}</Link></>} />
        <Figure label="Freshness" value={duration(stream.freshnessMilliseconds)} hint={`of ${stream.bufferSeconds} s that a record may wait`} />
        <Figure label="Lost" value={count(stream.lostRecords ?? 0)} hint="to the stream's retention" />
      </dl>
      <Buffer stream={stream} now={store.overview!.time} />
      <section class="card" aria-label="Objects">
        <h2>Objects</h2>
        <dl class="facts">
          <dt>Keys</dt><dd class="mono">{channel.keyTemplate}</dd>
          <dt>Compression</dt><dd>{stream.compression === 'Uncompressed' ? 'none' : stream.compression.toUpperCase()}</dd>
          <dt>Records</dt><dd>{formats[channel.recordFormat]}</dd>
          <dt>Dead letters</dt><dd><Link to={pathTo('buckets', channel.deadLetterBucket)}>{channel.deadLetterBucket}</Link></dd>
        </dl>
      </section>
      <DeliveryCharts name={stream.name} />
      {description && <DeliveryLog {...logOf(description)} news={`${stream.lastError} ${stream.deliveredObjects}`} />}
      <Failures bucket={channel.deadLetterBucket} errorPrefix={channel.deadLetterPrefix} hasBucket={store.overview!.buckets.some((each) => each.name === channel.deadLetterBucket)} news={stream.deliveredObjects} />
      <Configuration description={description} error={error} />
      <p class="foot">Created <Time at={stream.createdAt} /></p>
      {isDeleting && (
        <FormDialog title={`Delete ${name}?`} act="Delete the channel" danger onClose={() => setDeleting(false)} onSubmit={async () => {
          await aws('kinesis', 'DeleteChannel', { ChannelARN: channel.arn })
          go('channels')
        }}>
          <p>{(stream.bufferedRecords ?? 0) > 0 ? `The ${count(stream.bufferedRecords ?? 0)} records that wait are not delivered any more; they stay in their stream.` : 'No record waits.'} Objects that it delivered stay.</p>
        </FormDialog>
      )}
    </>
  )
}

/** Where its errors go: as it is configured, and otherwise as the server names it. */
function logOf({ ChannelName, ChannelId, LoggingConfiguration }: Description): { group: string; stream: string } {
  const logs = LoggingConfiguration?.CloudWatchLogs
  return { group: logs?.LogGroupName ?? `/aws/kinesis/${ChannelName}/${ChannelId}`, stream: logs?.LogStreamName ?? 'DestinationDelivery' }
}
