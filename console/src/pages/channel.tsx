import { useEffect, useState } from 'preact/hooks'
import { aws } from '../api'
import { logOf, settledChannel, type ChannelDescription } from '../channels/api'
import { ChangeChannel } from '../channels/change'
import { DeliveryDetails } from '../deliveries/details'
import { channel as kind } from '../deliveries/kinds'
import { useLive } from '../live/store'
import { Absent } from '../parts/head'
import { Link, pathTo } from '../router'

const formats: Record<string, string> = { ByteArray: 'anything', Json: 'JSON', String: 'UTF-8' }

export function ChannelPage({ name }: { name: string }) {
  const store = useLive()
  const [description, setDescription] = useState<ChannelDescription | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isChanging, setChanging] = useState(false)
  const stream = store.overview?.deliveryStreams.find((each) => each.channel?.name === name)
  const arn = stream?.channel?.arn
  useEffect(() => {
    if (arn) settledChannel(arn).then(setDescription, setError)
  }, [arn, stream?.bufferSeconds])
  const channel = stream?.channel
  if (!channel) return <Absent from={kind.section}>There is no channel {name} in this region.</Absent>
  // Where keys begin alike, whatever the time.
  const folder = channel.keyTemplate.split('!{')[0]!.split('/').slice(0, -1)
  const log = description && logOf(description)
  return (
    <DeliveryDetails
      kind={kind}
      stream={stream}
      description={description}
      error={error}
      log={log}
      objects={{ path: pathTo('buckets', stream.bucket, ...folder, ...(folder.length ? [''] : [])), shown: [stream.bucket, ...folder, ''].join('/') }}
      failures={{ bucket: channel.deadLetterBucket, prefix: channel.deadLetterPrefix }}
      erase={() => aws('kinesis', 'DeleteChannel', { ChannelARN: channel.arn })}
      acts={<button disabled={!description} onClick={() => setChanging(true)}>Change</button>}
    >
      <section class="card" aria-label="Objects">
        <h2>Objects</h2>
        <dl class="facts">
          <dt>Keys</dt><dd class="mono">{channel.keyTemplate}</dd>
          <dt>Compression</dt><dd>{stream.compression === 'Uncompressed' ? 'none' : stream.compression.toUpperCase()}</dd>
          <dt>Records</dt><dd>{formats[channel.recordFormat]}</dd>
          <dt>Dead letters</dt><dd><Link to={pathTo('buckets', channel.deadLetterBucket)}>{channel.deadLetterBucket}</Link></dd>
          {log && <><dt>Log of errors</dt><dd class="mono">{log.group}, {log.stream}</dd></>}
        </dl>
      </section>
      {isChanging && description && <ChangeChannel description={description} onChanged={setDescription} onClose={() => setChanging(false)} />}
    </DeliveryDetails>
  )
}
