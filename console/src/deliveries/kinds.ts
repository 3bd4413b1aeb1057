import { count } from '../format'
import type { DeliveryOverview } from '../live/overview'
import { sections, type Section } from '../sections'

/** The words in which the two faces of delivery differ. */
export interface DeliveryKind {
  section: Section
  /** What one of them is called, and in a table's head. */
  one: string
  title: string
  waiting: string
  freshness: (stream: DeliveryOverview) => string
  /** To what records may be lost. */
  lost: string
  /** What becomes of the records that wait when it is deleted. */
  left: (records: number) => string
}

export const deliveryStream: DeliveryKind = {
  section: sections.delivery,
  one: 'delivery stream',
  title: 'Delivery stream',
  waiting: 'Buffered',
  freshness: () => 'the age of the oldest record that waits',
  lost: "to the source's retention",
  left: (records) => (records > 0 ? `The ${count(records)} records in its buffer are not delivered any more.` : 'Nothing is in its buffer.'),
}

export const channel: DeliveryKind = {
  section: sections.channels,
  one: 'channel',
  title: 'Channel',
  waiting: 'Waiting',
  freshness: (stream) => `of ${stream.bufferSeconds} s that a record may wait`,
  lost: "to the stream's retention",
  left: (records) => (records > 0 ? `The ${count(records)} records that wait are not delivered any more; they stay in their stream.` : 'No record waits.'),
}
