import { count, duration, rate } from '../format'
import { deadLetterStream, keyOf, type PipelineOverview } from '../live/overview'
import { useLive } from '../live/store'
import { Chart } from '../parts/chart'
import { LagChart } from '../parts/lagchart'
import { Figure, Time } from '../parts/notes'
import { Link, pathTo } from '../router'
import { routedRate } from './pipelines'

const colors = ['bucket', 'delivery', 'etl', 'busy']

/** One group: how far it is behind, where its records go, who works for it. */
export function PipelinePage({ name, group, source }: { name: string; group: string; source: string }) {
  const store = useLive()
  const pipeline = store.overview?.pipelines.find((each) => each.name === name && each.group === group && each.sourceStream === source)
  if (!pipeline) return <p class="waiting">{store.overview ? <>Nothing was heard of {name} with the group {group} in the last hour. <Link to="etl">All ETL groups</Link></> : 'Waiting for the server…'}</p>
  const key = keyOf(pipeline)
  const read = store.of(`etl read ${key}`)
  const isRunning = pipeline.workers.length > 0
  return (
    <>
      <nav class="crumbs" aria-label="Where this is"><Link to="etl">ETL groups</Link></nav>
      <div class="head">
        <h1>{name}</h1>
        <span class={`status ${isRunning ? 'good' : 'bad'}`}>{isRunning ? 'RUNNING' : 'NOT RUNNING'}</span>
      </div>
      {!isRunning && <div class="note bad" role="alert"><strong>No worker runs</strong><span>The last one was heard <Time at={pipeline.reportedAt} /></span></div>}
      <dl class="figures">
        <Figure label="Behind the newest record" value={pipeline.millisBehindLatest === null ? '–' : duration(pipeline.millisBehindLatest)} hint={<>of <Link to={pathTo('streams', source)}>{source}</Link>, read as group {group}</>} />
        <Figure label="Coming in" value={rate(read.rate)} hint={`${count(pipeline.read)} records read${pipeline.dropped > 0 ? `, ${count(pipeline.dropped)} dropped` : ''}`} />
        <Figure label="Going out" value={rate(routedRate(store, pipeline))} hint={pipeline.repeated > 0 ? `${count(pipeline.repeated)} were there already` : 'over all routes'} />
        <Figure label="Dead letters" value={count(pipeline.deadLettered)} hint={<DeadLetters pipeline={pipeline} />} />
        <Figure label="Checkpoint" value={pipeline.checkpointAgeMilliseconds === null ? '–' : duration(pipeline.checkpointAgeMilliseconds)} hint="ago, the oldest of the workers'" />
        <Figure label="Workers" value={count(pipeline.workers.length)} hint="that tell of themselves" />
      </dl>
      <section class="card charts">
        <Chart key={pipeline.routes.map((route) => route.name).join()} title="Records each second" times={read.times} unit={rate} lines={[
          { label: 'read', color: 'stream', values: read.rates },
          ...pipeline.routes.slice(0, colors.length).map((route, index) => ({ label: `to ${route.name}`, color: colors[index]!, values: store.of(`etl route ${key} ${route.name}`).rates })),
        ]} />
        <LagChart title="Behind the newest record" readers={[{ name: group, lag: store.of(`etl lag ${key}`) }]} />
      </section>
      <Routes pipeline={pipeline} rateOf={(route) => store.of(`etl route ${key} ${route}`).rate} />
      <Workers pipeline={pipeline} />
    </>
  )
}

function DeadLetters({ pipeline }: { pipeline: PipelineOverview }) {
  const stream = deadLetterStream(pipeline)
  if (stream) return <Link to={pathTo('streams', stream, 'records')}>Look at them in {stream}</Link>
  return <>in {pipeline.deadLetters || 'no place that is known'}, where its worker runs</>
}

function Routes({ pipeline, rateOf }: { pipeline: PipelineOverview; rateOf: (route: string) => number }) {
  return (
    <div class="card table" tabIndex={0} role="region" aria-label="Routes">
      <table>
        <thead><tr><th>Route</th><th>To</th><th class="number">Rate</th><th class="number">Records</th></tr></thead>
        <tbody>
          {pipeline.routes.map((route) => (
            <tr key={route.name}>
              <th scope="row">{route.name}</th>
              <td>{route.stream ? <Link to={pathTo('streams', route.stream)}>{route.stream}</Link> : <Link to={pathTo('delivery', route.deliveryStream ?? '')}>{route.deliveryStream}</Link>}</td>
              <td class="number">{rate(rateOf(route.name))}</td>
              <td class="number">{count(route.records)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Workers({ pipeline }: { pipeline: PipelineOverview }) {
  if (pipeline.workers.length === 0) return null
  return (
    <div class="card table" tabIndex={0} role="region" aria-label="Workers">
      <table>
        <thead><tr><th>Worker</th><th class="number">Behind</th><th class="number">Records read</th><th class="number">Checkpoint</th></tr></thead>
        <tbody>
          {pipeline.workers.map((worker) => (
            <tr key={worker.name}>
              <th scope="row">{worker.name}</th>
              <td class="number">{duration(worker.millisBehindLatest)}</td>
              <td class="number">{count(worker.read)}</td>
              <td class="number">{worker.checkpointAgeMilliseconds === null ? '–' : duration(worker.checkpointAgeMilliseconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
