/** What the server tells each second. Its counts only grow; rates come of their differences. */

export interface StreamOverview {
  name: string
  status: string
  mode: string
  openShards: number
  shards: number
  retentionHours: number
  createdAt: number
  records: number
  retainedRecords: number
  incomingBytes: number
  outgoingRecords: number
  outgoingBytes: number
  puts: number
  putMilliseconds: number
  iteratorAgeMilliseconds: number | null
  consumers: ConsumerOverview[]
}

export interface ConsumerOverview {
  name: string
  records: number
  millisBehindLatest: number | null
}

export interface DeliveryOverview {
  name: string
  status: string
  type: string
  createdAt: number
  sourceStream?: string
  bucket: string
  prefix: string | null
  errorOutputPrefix: string | null
  bufferMegabytes: number
  bufferSeconds: number
  compression: string
  bufferedRecords?: number
  bufferedBytes?: number
  oldestBuffered?: number | null
  deliveredObjects?: number
  deliveredRecords?: number
  deliveredBytes?: number
  lostRecords?: number
  lastError?: string | null
  freshnessMilliseconds: number
  /** Set where small objects become larger ones. */
  compaction?: { targetBytes: number; afterSeconds: number }
  /** Set where the delivery stream is a channel of Kinesis. */
  channel?: ChannelOverview
}

export interface ChannelOverview {
  name: string
  arn: string
  recordFormat: string
  keyTemplate: string
  deadLetterBucket: string
  deadLetterPrefix: string | null
}

/** A pipeline's group: what its workers did together, and how each of them is. */
export interface PipelineOverview {
  name: string
  group: string
  sourceStream: string
  /** A file's path, or stream:NAME. */
  deadLetters: string
  read: number
  transformed: number
  dropped: number
  deadLettered: number
  repeated: number
  millisBehindLatest: number | null
  checkpointAgeMilliseconds: number | null
  reportedAt: number
  routes: { name: string; stream?: string; deliveryStream?: string; records: number }[]
  workers: { name: string; read: number; millisBehindLatest: number; checkpointAgeMilliseconds: number | null; reportedAt: number }[]
}

export const keyOf = (pipeline: PipelineOverview): string => `${pipeline.name} ${pipeline.group} ${pipeline.sourceStream}`

/** The data stream that dead letters go to; nothing where it is a file. */
export const deadLetterStream = (pipeline: PipelineOverview): string => (pipeline.deadLetters.startsWith('stream:') ? pipeline.deadLetters.slice(7) : '')

export interface BucketOverview {
  name: string
  createdAt: number
}

export interface Overview {
  time: number
  account: string
  region: string
  streams: StreamOverview[]
  deliveryStreams: DeliveryOverview[]
  buckets: BucketOverview[]
  pipelines: PipelineOverview[]
}
