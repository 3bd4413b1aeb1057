import { rate } from '../format'
import { useLive } from '../live/store'
import { Chart } from '../parts/chart'
import { LagChart } from '../parts/lagchart'

/** What is taken and delivered, and how long the oldest record waits. */
export function DeliveryCharts({ name }: { name: string }) {
  const store = useLive()
  const taken = store.of(`taken ${name}`)
  const delivered = store.of(`delivered ${name}`)
  return (
    <section class="card charts">
      <Chart title="Records each second" times={taken.times} unit={rate} lines={[
        { label: 'taken', color: 'delivery', values: taken.rates },
        { label: 'delivered', color: 'bucket', values: delivered.rates },
      ]} />
      <LagChart title="Freshness" readers={[{ name: 'oldest that waits', lag: store.of(`freshness ${name}`) }]} />
    </section>
  )
}
