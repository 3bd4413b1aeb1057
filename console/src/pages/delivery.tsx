import { useEffect, useState } from 'preact/hooks'
import { aws } from '../api'
import { DeliveryDetails } from '../deliveries/details'
import { deliveryStream } from '../deliveries/kinds'
import { useLive } from '../live/store'
import { Absent } from '../parts/head'
import { pathTo } from '../router'

interface Description {
  DeliveryStreamName: string
  Destinations?: Record<string, { CloudWatchLoggingOptions?: { Enabled?: boolean; LogGroupName?: string; LogStreamName?: string } }>[]
}

export function DeliveryPage({ name }: { name: string }) {
  const store = useLive()
  const [description, setDescription] = useState<Description | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    aws<{ DeliveryStreamDescription: Description }>('firehose', 'DescribeDeliveryStream', { DeliveryStreamName: name })
      .then((answer) => setDescription(answer.DeliveryStreamDescription), setError)
  }, [name])
  const stream = store.overview?.deliveryStreams.find((each) => !each.channel && each.name === name)
  if (!stream) return <Absent from={deliveryStream.section}>There is no delivery stream {name} in this region.</Absent>
  const prefix = stream.prefix ?? ''
  return (
    <DeliveryDetails
      kind={deliveryStream}
      stream={stream}
      description={description}
      error={error}
      log={description && logOf(description)}
      objects={{ path: pathTo('buckets', stream.bucket, ...prefix.split('/')), shown: `${stream.bucket}/${prefix}` }}
      failures={{ bucket: stream.bucket, prefix: stream.errorOutputPrefix }}
      erase={() => aws('firehose', 'DeleteDeliveryStream', { DeliveryStreamName: name })}
    />
  )
}

/** Where the errors go: as it is configured, and otherwise as AWS's console would have it. */
function logOf({ DeliveryStreamName, Destinations }: Description): { group: string; stream: string } {
  const options = Object.values(Destinations?.[0] ?? {}).map((each) => each?.CloudWatchLoggingOptions).find((each) => each?.Enabled && each.LogGroupName)
  return { group: options?.LogGroupName ?? `/aws/kinesisfirehose/${DeliveryStreamName}`, stream: options?.LogStreamName ?? 'DestinationDelivery' }
}
