import { pathOf } from '../flow/picture'
import { count, duration, rate } from '../format'
import { keyOf, type PipelineOverview } from '../live/overview'
import { useLive, type LiveStore } from '../live/store'
import { Commands } from '../parts/notes'
import { Link, pathTo } from '../router'

export const routedRate = (store: LiveStore, pipeline: PipelineOverview): number =>
  pipeline.routes.reduce((sum, route) => sum + store.of(`etl route ${keyOf(pipeline)} ${route.name}`).rate, 0)

/** All groups of pipelines that tell of themselves. */
export function PipelinesPage() {
  const store = useLive()
  const pipelines = store.overview?.pipelines ?? []
  return (
    <>
      <div class="head"><h1>ETL groups</h1></div>
      {pipelines.length === 0 ? (
        <section class="first">
          <p>No pipeline has told of itself in the last hour. One moves records from stream to stream, by a file or, as here, user sessions by country:</p>
          <Commands>{`./headrace etl --source-stream orders --dest-streams '{"USA":"orders-usa","International":"orders-int"}'
./headrace etl --pipeline pipeline.yaml`}</Commands>
        </section>
      ) : (
        <div class="card table" tabIndex={0} role="region" aria-label="ETL groups">
          <table>
            <thead>
              <tr><th>Pipeline</th><th>Group</th><th>From</th><th class="number">Workers</th><th class="number">Behind</th><th class="number">In</th><th class="number">Out</th><th class="number">Dead letters</th><th class="number">Checkpoint</th></tr>
            </thead>
            <tbody>
              {pipelines.map((pipeline) => (
                <tr key={keyOf(pipeline)}>
                  <th scope="row"><Link to={pathOf(pipeline)}>{pipeline.name}</Link></th>
                  <td>{pipeline.group}</td>
                  <td><Link to={pathTo('streams', pipeline.sourceStream)}>{pipeline.sourceStream}</Link></td>
                  <td class="number">{pipeline.workers.length || <span class="status bad">NONE</span>}</td>
                  <td class="number">{pipeline.millisBehindLatest === null ? '–' : duration(pipeline.millisBehindLatest)}</td>
                  <td class="number">{rate(store.of(`etl read ${keyOf(pipeline)}`).rate)}</td>
                  <td class="number">{rate(routedRate(store, pipeline))}</td>
                  <td class="number">{count(pipeline.deadLettered)}</td>
                  <td class="number">{pipeline.checkpointAgeMilliseconds === null ? '–' : duration(pipeline.checkpointAgeMilliseconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
