import { duration } from '../format'
import type { Series } from '../live/series'
import { Chart } from './chart'

const colors = ['stream', 'delivery', 'bucket', 'etl', 'busy']

/** How far readers are behind the newest record. */
export function LagChart({ title, readers }: { title: string; readers: { name: string; lag: Series }[] }) {
  const shown = readers.slice(0, colors.length)
  return (
    // A chart is drawn anew for other readers.
    <Chart key={shown.map((reader) => reader.name).join()} title={title} times={shown[0]?.lag.times ?? []} unit={duration} least={1000}
      lines={shown.map((reader, index) => ({ label: reader.name, color: colors[index]!, values: reader.lag.values }))} />
  )
}
