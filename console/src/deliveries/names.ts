import type { DeliveryOverview } from '../live/overview'
import { pathTo } from '../router'

/** What delivers is shown by the name and at the place that its API knows it by: a channel is no delivery stream of Firehose. */
export const titleOf = (stream: DeliveryOverview): string => stream.channel?.name ?? stream.name

export const placeOf = (stream: DeliveryOverview): string => (stream.channel ? pathTo('channels', stream.channel.name) : pathTo('delivery', stream.name))

export const deliveryStreamsOf = (all: DeliveryOverview[]): DeliveryOverview[] => all.filter((stream) => !stream.channel)

export const channelsOf = (all: DeliveryOverview[]): DeliveryOverview[] => all.filter((stream) => stream.channel)
