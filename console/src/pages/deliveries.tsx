import { deliveryStream } from '../deliveries/kinds'
import { DeliveryList } from '../deliveries/list'
import { deliveryStreamsOf } from '../deliveries/names'
import { useLive } from '../live/store'
import { Commands } from '../parts/notes'

export function DeliveriesPage() {
  return (
    <DeliveryList kind={deliveryStream} streams={deliveryStreamsOf(useLive().overview?.deliveryStreams ?? [])} empty={
      <section class="first">
        <p>No delivery stream yet. One takes what a stream gets into a bucket:</p>
        <Commands>{`./headrace buckets create orders-archive
./headrace delivery create --name orders-delivery --source-stream orders --bucket orders-archive`}</Commands>
      </section>
    } />
  )
}
