import { placeOf, titleOf } from '../deliveries/names'
import { bytes, count, duration, rate, short } from '../format'
import { deadLetterStream, keyOf, type PipelineOverview } from '../live/overview'
import type { LiveStore } from '../live/store'
import { pathTo } from '../router'

/** The whole way of the data as places and the ways between them. */
export interface Place {
  id: string
  kind: 'stream' | 'etl' | 'delivery' | 'bucket'
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

export interface Column {
  title: string
  places: Place[]
  hidden: number
}

export interface Picture {
  columns: Column[]
  ways: Way[]
}

const shownEach = 24

export const pathOf = (pipeline: PipelineOverview): string => pathTo('etl', pipeline.name, pipeline.group, pipeline.sourceStream)

export function pictureOf(store: LiveStore): Picture {
  const overview = store.overview!
  const flows = flowsOf(store)
  const level = levelsOf(flows)
  const places: Place[] = []
  const ways: Way[] = []
  for (const stream of overview.streams) {
    const id = `s:${stream.name}`
    const flow = store.of(`stream ${stream.name}`).rate
    places.push({
      id, kind: 'stream', column: 2 * level(stream.name), name: stream.name, href: pathTo('streams', stream.name),
      detail: `${count(stream.records)} records · ${stream.openShards} ${stream.openShards === 1 ? 'shard' : 'shards'}`,
      trouble: stream.status === 'ACTIVE' ? '' : stream.status,
    })
    const into = flows.filter((each) => each.to === stream.name)
    if (into.length === 0) ways.push({ from: null, to: id, label: rate(flow), rate: flow })
    // Who moves the records doesn't tell of itself: the tag says where they come from, and they count as what comes in.
    for (const { from, pipeline } of into) {
      if (!pipeline && !into.some((each) => each.pipeline && each.from === from)) ways.push({ from: `s:${from}`, to: id, label: `ETL ${rate(flow)}`, rate: flow })
    }
  }
  for (const pipeline of overview.pipelines) addPipeline(store, pipeline, 2 * level(pipeline.sourceStream) + 1, places, ways)
  addDeliveries(store, 1 + Math.max(0, ...places.map((place) => place.column)), places, ways)
  const known = new Set(places.map((place) => place.id))
  const drawn = ways.filter((way) => known.has(way.to) && (way.from === null || known.has(way.from)))
  return { columns: columnsOf(places, drawn), ways: drawn }
}

interface Flow {
  from: string
  to: string
  pipeline?: PipelineOverview
}

/** Which stream is made from which, by a pipeline that tells of itself or by a tag. */
function flowsOf(store: LiveStore): Flow[] {
  const names = new Set(store.overview!.streams.map((stream) => stream.name))
  const tagged = [...store.fedFrom].flatMap(([to, origins]) => origins.map((from): Flow => ({ from, to })))
  const moved = store.overview!.pipelines.flatMap((pipeline) =>
    [...pipeline.routes.map((route) => route.stream ?? ''), deadLetterStream(pipeline)].map((to): Flow => ({ from: pipeline.sourceStream, to, pipeline })))
  return [...moved, ...tagged].filter(({ from, to }) => from !== to && names.has(from) && names.has(to))
}

/** How many times records were moved on before they came into a stream. */
function levelsOf(flows: Flow[]): (name: string) => number {
  const levels = new Map<string, number>()
  const level = (name: string, above: string[] = []): number => {
    if (above.includes(name)) return 0
    const known = levels.get(name)
    if (known !== undefined) return known
    const origins = flows.filter((flow) => flow.to === name).map((flow) => flow.from)
    const found = origins.length ? 1 + Math.max(...origins.map((origin) => level(origin, [...above, name]))) : 0
    levels.set(name, found)
    return found
  }
  return level
}

function addPipeline(store: LiveStore, pipeline: PipelineOverview, column: number, places: Place[], ways: Way[]): void {
  const key = keyOf(pipeline)
  const id = `e:${key}`
  const lag = pipeline.millisBehindLatest === null ? '' : `${duration(pipeline.millisBehindLatest)} behind`
  places.push({
    id, kind: 'etl', column, name: pipeline.name, href: pathOf(pipeline),
    detail: pipeline.deadLettered > 0 ? `${lag} · ${short(pipeline.deadLettered)} dead` : lag,
    trouble: pipeline.workers.length === 0 ? 'no worker runs' : '',
  })
  const read = store.of(`etl read ${key}`).rate
  ways.push({ from: `s:${pipeline.sourceStream}`, to: id, label: rate(read), rate: read })
  const rates = new Map<string, number>()
  const add = (to: string, flow: number) => rates.set(to, (rates.get(to) ?? 0) + flow)
  for (const route of pipeline.routes) add(route.stream ? `s:${route.stream}` : `d:${route.deliveryStream}`, store.of(`etl route ${key} ${route.name}`).rate)
  if (deadLetterStream(pipeline)) add(`s:${deadLetterStream(pipeline)}`, store.of(`etl dead ${key}`).rate)
  for (const [to, flow] of rates) ways.push({ from: id, to, label: rate(flow), rate: flow })
}

function addDeliveries(store: LiveStore, column: number, places: Place[], ways: Way[]): void {
  const overview = store.overview!
  const fed = new Set(ways.map((way) => way.to))
  const buckets = new Map(overview.buckets.map((bucket) => [bucket.name, { objects: 0, records: 0, fed: false }]))
  for (const stream of overview.deliveryStreams) {
    const id = `d:${stream.name}`
    const taken = store.of(`taken ${stream.name}`).rate
    const delivered = store.of(`delivered ${stream.name}`).rate
    places.push({
      id, kind: 'delivery', column, name: titleOf(stream), href: placeOf(stream),
      detail: `${stream.channel ? 'channel · ' : ''}${bytes(stream.bufferedBytes ?? 0)} buffered · ${count(stream.deliveredObjects ?? 0)} objects`,
      trouble: stream.lastError ? 'standing still' : stream.status === 'ACTIVE' ? '' : stream.status,
    })
    if (stream.sourceStream && overview.streams.some((each) => each.name === stream.sourceStream)) ways.push({ from: `s:${stream.sourceStream}`, to: id, label: rate(taken), rate: taken })
    else if (!fed.has(id)) ways.push({ from: null, to: id, label: rate(taken), rate: taken })
    const bucket = buckets.get(stream.bucket)
    if (!bucket) continue
    bucket.fed = true
    bucket.objects += stream.deliveredObjects ?? 0
    bucket.records += stream.deliveredRecords ?? 0
    ways.push({ from: id, to: `b:${stream.bucket}`, label: rate(delivered), rate: delivered })
  }
  for (const [name, bucket] of buckets) {
    places.push({
      id: `b:${name}`, kind: 'bucket', column: column + 1, name, href: pathTo('buckets', name),
      detail: bucket.fed ? `${count(bucket.records)} records in ${count(bucket.objects)} objects` : 'nothing is delivered here', trouble: '',
    })
  }
}

const titles = { etl: 'ETL', delivery: 'Delivery', bucket: 'Buckets' }

/** Places stand beside what they come from, so that ways cross as little as possible. */
function columnsOf(places: Place[], ways: Way[]): Column[] {
  const rows = new Map<string, number>()
  const used = [...new Set(places.map((place) => place.column))].sort((left, right) => left - right)
  return used.map((column, index) => {
    const weight = (place: Place) => {
      const from = ways.filter((way) => way.to === place.id && way.from && rows.has(way.from)).map((way) => rows.get(way.from!)!)
      return from.length ? from.reduce((sum, row) => sum + row, 0) / from.length : Number.MAX_SAFE_INTEGER
    }
    const all = places.filter((place) => place.column === column).map((place) => ({ place, weight: weight(place) }))
    all.sort((left, right) => left.weight - right.weight || (left.place.name < right.place.name ? -1 : 1))
    const shown = all.slice(0, shownEach).map(({ place }) => ({ ...place, column: index }))
    shown.forEach((place, row) => rows.set(place.id, (row + 0.5) / shown.length))
    const { kind } = shown[0]!
    return { title: kind === 'stream' ? (index === 0 ? 'Streams' : 'Streams after ETL') : titles[kind], places: shown, hidden: all.length - shown.length }
  })
}
