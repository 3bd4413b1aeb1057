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
}

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
}
