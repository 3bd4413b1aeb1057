import { count, duration, durationOrNone, rate } from '../format'
import { deadLetterStream, keyOf, type PipelineOverview } from '../live/overview'
import { useLive } from '../live/store'
import { Chart } from '../parts/chart'
import { Absent, PageHead } from '../parts/head'
import { LagChart } from '../parts/lagchart'
import { Alert, Figure, Time } from '../parts/notes'
import { Table } from '../parts/table'
import { Link, pathTo } from '../router'
import { sections } from '../sections'
import { routedRate } from './pipelines'

const colors = ['bucket', 'delivery', 'etl', 'busy']

/** One group: how far it is behind, where its records go, who works for it. */
export function PipelinePage({ name, group, source }: { name: string; group: string; source: string }) {
  const store = useLive()
  const pipeline = store.overview?.pipelines.find((each) => each.name === name && each.group === group && each.sourceStream === source)
  if (!pipeline) return <Absent from={sections.etl}>Nothing was heard of {name} with the group {group} in the last hour.</Absent>
  const key = keyOf(pipeline)
  const read = store.of(`etl read ${key}`)
  const isRunning = pipeline.workers.length > 0
  return (
    <>
      <PageHead title={name} from={sections.etl} status={<span class={`status ${isRunning ? 'good' : 'bad'}`}>{isRunning ? 'RUNNING' : 'NOT RUNNING'}</span>} />
      {!isRunning && <Alert title="No worker runs">The last one was heard <Time at={pipeline.reportedAt} /></Alert>}
      <dl class="figures">
        <Figure label="Behind the newest record" value={durationOrNone(pipeline.millisBehindLatest)} hint={<>of <Link to={pathTo('streams', source)}>{source}</Link>, read as group {group}</>} />
        <Figure label="Coming in" value={rate(read.rate)} hint={`${count(pipeline.read)} records read${pipeline.dropped > 0 ? `, ${count(pipeline.dropped)} dropped` : ''}`} />
        <Figure label="Going out" value={rate(routedRate(store, pipeline))} hint={pipeline.repeated > 0 ? `${count(pipeline.repeated)} were there already` : 'over all routes'} />
        <Figure label="Dead letters" value={count(pipeline.deadLettered)} hint={<DeadLetters pipeline={pipeline} />} />
        <Figure label="Checkpoint" value={durationOrNone(pipeline.checkpointAgeMilliseconds)} hint="ago, the oldest of the workers'" />
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
    <Table
      label="Routes"
      items={pipeline.routes}
      keyOf={(route) => route.name}
      columns={[
        { title: 'Route', cell: (route) => route.name },
        { title: 'To', cell: (route) => (route.stream ? <Link to={pathTo('streams', route.stream)}>{route.stream}</Link> : <Link to={pathTo('delivery', route.deliveryStream ?? '')}>{route.deliveryStream}</Link>) },
        { title: 'Rate', isNumber: true, cell: (route) => rate(rateOf(route.name)) },
        { title: 'Records', isNumber: true, cell: (route) => count(route.records) },
      ]}
    />
  )
}

function Workers({ pipeline }: { pipeline: PipelineOverview }) {
  if (pipeline.workers.length === 0) return null
  return (
    <Table
      label="Workers"
      items={pipeline.workers}
      keyOf={(worker) => worker.name}
      columns={[
        { title: 'Worker', cell: (worker) => worker.name },
        { title: 'Behind', isNumber: true, cell: (worker) => duration(worker.millisBehindLatest) },
        { title: 'Records read', isNumber: true, cell: (worker) => count(worker.read) },
        { title: 'Checkpoint', isNumber: true, cell: (worker) => durationOrNone(worker.checkpointAgeMilliseconds) },
      ]}
    />
  )
}
