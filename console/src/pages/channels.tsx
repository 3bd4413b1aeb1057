import { CreateChannel } from '../channels/create'
import { channel } from '../deliveries/kinds'
import { DeliveryList } from '../deliveries/list'
import { channelsOf } from '../deliveries/names'
import { useLive } from '../live/store'

export function ChannelsPage() {
  return (
    <DeliveryList
      kind={channel}
      streams={channelsOf(useLive().overview?.deliveryStreams ?? [])}
      empty={<p class="waiting">There are no channels in this region. One takes the records of an on-demand stream into a bucket.</p>}
      create={{ act: 'Create a channel', form: (onClose) => <CreateChannel onClose={onClose} /> }}
    />
  )
}
