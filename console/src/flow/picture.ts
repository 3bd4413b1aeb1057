import type { LiveStore } from '../live/store'
import { bytes, count, rate } from '../format'
import { pathTo } from '../router'

/** The whole way of the data as places and the ways between them. */
export interface Place {
  id: string
  kind: 'stream' | 'delivery' | 'bucket'
  column: number
  name: string
  href: string
  detail: string
  trouble: string
}

export interface Way {
  from: string | null
  to: string
  label: string
  rate: number
}

export interface Picture {
  columns: { title: string; places: Place[]; hidden: number }[]
  ways: Way[]
}

const shownEach = 24

export function pictureOf(store: LiveStore): Picture {
  const overview = store.overview!
  const streams = new Map(overview.streams.map((stream) => [stream.name, stream]))
  const originsOf = (name: string) => (store.fedFrom.get(name) ?? []).filter((origin) => origin !== name && streams.has(origin))
  const levels = new Map<string, number>()
  const level = (name: string, above: string[] = []): number => {
    if (above.includes(name)) return 0
    const known = levels.get(name)
    if (known !== undefined) return known
    const origins = originsOf(name)
    const found = origins.length ? 1 + Math.max(...origins.map((origin) => level(origin, [...above, name]))) : 0
    levels.set(name, found)
    return found
  }
  const lastStreams = Math.max(0, ...overview.streams.map((stream) => level(stream.name)))
  const ways: Way[] = []
  const places: Place[] = []
  for (const stream of overview.streams) {
    const id = `s:${stream.name}`
    const flow = store.of(`stream ${stream.name}`).rate
    places.push({
      id, kind: 'stream', column: level(stream.name), name: stream.name, href: pathTo('streams', stream.name),
      detail: `${count(stream.records)} records · ${stream.openShards} ${stream.openShards === 1 ? 'shard' : 'shards'}`,
      trouble: stream.status === 'ACTIVE' ? '' : stream.status,
    })
    const origins = originsOf(stream.name)
    if (origins.length === 0) ways.push({ from: null, to: id, label: rate(flow), rate: flow })
    for (const origin of origins) ways.push({ from: `s:${origin}`, to: id, label: `ETL ${rate(flow)}`, rate: flow })
  }
  const buckets = new Map(overview.buckets.map((bucket) => [bucket.name, { objects: 0, records: 0, sent: 0, fed: false }]))
  for (const stream of overview.deliveryStreams) {
    const id = `d:${stream.name}`
    const taken = store.of(`taken ${stream.name}`).rate
    const delivered = store.of(`delivered ${stream.name}`).rate
    places.push({
      id, kind: 'delivery', column: lastStreams + 1, name: stream.name, href: pathTo('delivery', stream.name),
      detail: `${bytes(stream.bufferedBytes ?? 0)} buffered · ${count(stream.deliveredObjects ?? 0)} objects`,
      trouble: stream.lastError ? 'standing still' : stream.status === 'ACTIVE' ? '' : stream.status,
    })
    const source = stream.sourceStream && streams.has(stream.sourceStream) ? `s:${stream.sourceStream}` : null
    ways.push({ from: source, to: id, label: rate(taken), rate: taken })
    const bucket = buckets.get(stream.bucket)
    if (!bucket) continue
    bucket.fed = true
    bucket.objects += stream.deliveredObjects ?? 0
    bucket.records += stream.deliveredRecords ?? 0
    ways.push({ from: id, to: `b:${stream.bucket}`, label: rate(delivered), rate: delivered })
  }
  for (const [name, bucket] of buckets) {
    places.push({
      id: `b:${name}`, kind: 'bucket', column: lastStreams + 2, name, href: pathTo('buckets', name),
      detail: bucket.fed ? `${count(bucket.records)} records in ${count(bucket.objects)} objects` : 'nothing is delivered here', trouble: '',
    })
  }
  return { columns: columnsOf(places, ways, lastStreams), ways }
}

/** Places stand beside what they come from, so that ways cross as little as possible. */
function columnsOf(places: Place[], ways: Way[], lastStreams: number): Picture['columns'] {
  const rows = new Map<string, number>()
  const titles = [...Array.from({ length: lastStreams + 1 }, (_, index) => (index === 0 ? 'Streams' : 'Streams after ETL')), 'Delivery', 'Buckets']
  return titles.map((title, column) => {
    const weight = (place: Place) => {
      const from = ways.filter((way) => way.to === place.id && way.from && rows.has(way.from)).map((way) => rows.get(way.from!)!)
      return from.length ? from.reduce((sum, row) => sum + row, 0) / from.length : Number.MAX_SAFE_INTEGER
    }
    const all = places.filter((place) => place.column === column).map((place) => ({ place, weight: weight(place) }))
    all.sort((left, right) => left.weight - right.weight || (left.place.name < right.place.name ? -1 : 1))
    const shown = all.slice(0, shownEach).map(({ place }) => place)
    shown.forEach((place, row) => rows.set(place.id, (row + 0.5) / shown.length))
    return { title, places: shown, hidden: all.length - shown.length }
  })
}
