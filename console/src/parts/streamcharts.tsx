import { bytes, rate, short } from '../format'
import { keyOf } from '../live/overview'
import { latencies } from '../live/series'
import { useLive } from '../live/store'
import { Chart } from './chart'
import { LagChart } from './lagchart'

const bytesRate = (value: number) => `${bytes(Math.round(value))}/s`
const milliseconds = (value: number) => `${short(value)} ms`

/** What goes into a stream and comes out of it, how long putting takes, and how far readers are behind. */
export function StreamCharts({ name }: { name: string }) {
  const store = useLive()
  const put = store.of(`stream ${name}`)
  const puts = store.of(`puts ${name}`)
  const consumers = store.overview?.streams.find((stream) => stream.name === name)?.consumers ?? []
  const groups = store.overview?.pipelines.filter((pipeline) => pipeline.sourceStream === name) ?? []
  const readers = [
    { name: 'GetRecords', lag: store.of(`age ${name}`) },
    ...consumers.map((consumer) => ({ name: consumer.name, lag: store.of(`behind ${name} ${consumer.name}`) })),
    ...groups.map((group) => ({ name: `${group.name}/${group.group}`, lag: store.of(`etl lag ${keyOf(group)}`) })),
  ]
  return (
    <section class="card charts">
      <Chart title="Records each second" times={put.times} unit={rate} lines={[
        { label: 'put', color: 'stream', values: put.rates },
        { label: 'read', color: 'bucket', values: store.of(`out ${name}`).rates },
      ]} />
      <Chart title="Bytes each second" times={put.times} unit={bytesRate} lines={[
        { label: 'put', color: 'stream', values: store.of(`in bytes ${name}`).rates },
        { label: 'read', color: 'bucket', values: store.of(`out bytes ${name}`).rates },
      ]} />
      <Chart title="Time of a put" times={puts.times} unit={milliseconds} lines={[
        { label: 'mean', color: 'delivery', values: latencies(puts, store.of(`put time ${name}`)) },
      ]} />
      <LagChart title="Iterator age" readers={readers} />
    </section>
  )
}
