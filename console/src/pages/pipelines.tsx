import { pathOf } from '../flow/picture'
import { count, durationOrNone, rate } from '../format'
import { keyOf, type PipelineOverview } from '../live/overview'
import { useLive, type LiveStore } from '../live/store'
import { ListPage } from '../parts/list'
import { Commands } from '../parts/notes'
import { Link, pathTo } from '../router'
import { sections } from '../sections'

export const routedRate = (store: LiveStore, pipeline: PipelineOverview): number =>
  pipeline.routes.reduce((sum, route) => sum + store.of(`etl route ${keyOf(pipeline)} ${route.name}`).rate, 0)

/** All groups of pipelines that tell of themselves. */
export function PipelinesPage() {
  const store = useLive()
  return (
    <ListPage
      section={sections.etl}
      label="ETL groups"
      empty={
        <section class="first">
          <p>No pipeline has told of itself in the last hour. One moves records from stream to stream, by a file or, as here, user sessions by country:</p>
          <Commands>{`./headrace etl --source-stream orders --dest-streams '{"USA":"orders-usa","International":"orders-int"}'
./headrace etl --pipeline pipeline.yaml`}</Commands>
        </section>
      }
      items={store.overview?.pipelines ?? []}
      keyOf={keyOf}
      columns={[
        { title: 'Pipeline', cell: (pipeline) => <Link to={pathOf(pipeline)}>{pipeline.name}</Link> },
        { title: 'Group', cell: (pipeline) => pipeline.group },
        { title: 'From', cell: (pipeline) => <Link to={pathTo('streams', pipeline.sourceStream)}>{pipeline.sourceStream}</Link> },
        { title: 'Workers', isNumber: true, cell: (pipeline) => pipeline.workers.length || <span class="status bad">NONE</span> },
        { title: 'Behind', isNumber: true, cell: (pipeline) => durationOrNone(pipeline.millisBehindLatest) },
        { title: 'In', isNumber: true, cell: (pipeline) => rate(store.of(`etl read ${keyOf(pipeline)}`).rate) },
        { title: 'Out', isNumber: true, cell: (pipeline) => rate(routedRate(store, pipeline)) },
        { title: 'Dead letters', isNumber: true, cell: (pipeline) => count(pipeline.deadLettered) },
        { title: 'Checkpoint', isNumber: true, cell: (pipeline) => durationOrNone(pipeline.checkpointAgeMilliseconds) },
      ]}
    />
  )
}
