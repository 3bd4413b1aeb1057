import { useEffect, useState } from 'preact/hooks'
import { address, aws } from '../api'
import { keyOf, type Overview } from './overview'
import { Series } from './series'

/** What a stream's tag names as the streams that its ETL reads. */
const fedFromTag = 'headrace:fed-from'

/** One connection to the server that all pages share. */
export class LiveStore {
  overview: Overview | null = null
  isConnected = false
  error = ''
  /** By kind and name: what happened while the console was open. */
  readonly series = new Map<string, Series>()
  /** By stream: the streams that it is made from. */
  readonly fedFrom = new Map<string, string[]>()
  private source: EventSource | null = null
  private readonly listeners = new Set<() => void>()
  private readonly asked = new Map<string, number>()

  start(): void {
    this.stop()
    this.overview = null
    this.series.clear()
    this.fedFrom.clear()
    this.asked.clear()
    this.source = new EventSource(address('events'))
    this.source.addEventListener('overview', (event) => this.take(JSON.parse(event.data as string) as Overview))
    this.source.addEventListener('error', () => {
      this.isConnected = false
      // A refused connection is given up by the browser; one that broke is taken up again.
      if (this.source?.readyState === EventSource.CLOSED) setTimeout(() => this.start(), 3000)
      this.tell()
    })
  }

  stop(): void {
    this.source?.close()
    this.source = null
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  of(key: string): Series {
    let series = this.series.get(key)
    if (!series) this.series.set(key, (series = new Series()))
    return series
  }

  private take(overview: Overview): void {
    this.overview = overview
    this.isConnected = true
    const { time } = overview
    let put = 0
    let delivered = 0
    for (const stream of overview.streams) {
      put += stream.records
      this.of(`stream ${stream.name}`).add(time, stream.records)
      this.of(`in bytes ${stream.name}`).add(time, stream.incomingBytes)
      this.of(`out ${stream.name}`).add(time, stream.outgoingRecords)
      this.of(`out bytes ${stream.name}`).add(time, stream.outgoingBytes)
      this.of(`puts ${stream.name}`).add(time, stream.puts)
      this.of(`put time ${stream.name}`).add(time, stream.putMilliseconds)
      this.of(`age ${stream.name}`).add(time, stream.iteratorAgeMilliseconds ?? 0)
      for (const consumer of stream.consumers) this.of(`behind ${stream.name} ${consumer.name}`).add(time, consumer.millisBehindLatest ?? 0)
      void this.askOrigin(stream.name, stream.createdAt, time)
    }
    for (const stream of overview.deliveryStreams) {
      const done = stream.deliveredRecords ?? 0
      delivered += done
      this.of(`delivered ${stream.name}`).add(time, done)
      this.of(`taken ${stream.name}`).add(time, done + (stream.bufferedRecords ?? 0))
      this.of(`freshness ${stream.name}`).add(time, stream.freshnessMilliseconds)
      this.of(`bytes ${stream.name}`).add(time, stream.deliveredBytes ?? 0)
    }
    for (const pipeline of overview.pipelines) {
      const key = keyOf(pipeline)
      this.of(`etl read ${key}`).add(time, pipeline.read)
      this.of(`etl dead ${key}`).add(time, pipeline.deadLettered)
      this.of(`etl lag ${key}`).add(time, pipeline.millisBehindLatest ?? 0)
      for (const route of pipeline.routes) this.of(`etl route ${key} ${route.name}`).add(time, route.records)
    }
    this.of('all put').add(time, put)
    this.of('all delivered').add(time, delivered)
    this.tell()
  }

  /** Tags seldom change: each stream's are asked for when it appears and then each half minute. */
  private async askOrigin(name: string, createdAt: number, time: number): Promise<void> {
    const key = `${name} ${createdAt}`
    const before = this.asked.get(key)
    if (before ? time - before < 30_000 : this.asked.size > 500) return
    this.asked.set(key, time)
    try {
      const answer = await aws<{ Tags: { Key: string; Value?: string }[] }>('kinesis', 'ListTagsForStream', { StreamName: name })
      const tag = answer.Tags.find((each) => each.Key === fedFromTag)
      this.fedFrom.set(name, tag?.Value ? tag.Value.split(/[ ,]+/).filter(Boolean) : [])
      this.tell()
    } catch {
      // It has gone; the next overview is without it.
    }
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener())
  }
}

export const live = new LiveStore()

/** Draws the component anew each time that the server tells something. */
export function useLive(): LiveStore {
  const [, setTick] = useState(0)
  useEffect(() => live.listen(() => setTick((tick) => tick + 1)), [])
  return live
}
