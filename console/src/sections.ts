/** A list of the console, and what it is called on its page, in the navigation and where a way leads back to it. */
export interface Section {
  path: string
  title: string
  short: string
  all: string
}

const of = (path: string, title: string, short = title, all = `All ${title.toLowerCase()}`): Section => ({ path, title, short, all })

export const sections = {
  streams: of('streams', 'Streams'),
  etl: of('etl', 'ETL groups', 'ETL', 'All ETL groups'),
  delivery: of('delivery', 'Delivery streams', 'Delivery'),
  channels: of('channels', 'Channels'),
  buckets: of('buckets', 'Buckets'),
}
