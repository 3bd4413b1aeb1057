import { useEffect, useState } from 'preact/hooks'
import { aws, getJson, type Shard } from '../api'
import { titleOf } from '../deliveries/names'
import { count, duration, durationOrNone, rate } from '../format'
import type { ConsumerOverview } from '../live/overview'
import { useLive } from '../live/store'
import { DeleteDialog, Field, FormDialog } from '../parts/dialog'
import { Absent, PageHead } from '../parts/head'
import { ErrorNote, Figure, Status, Time } from '../parts/notes'
import { StreamCharts } from '../parts/streamcharts'
import { PutRecord } from '../records/put'
import { RecordViewer } from '../records/viewer'
import { Link, go, pathTo } from '../router'
import { sections } from '../sections'
import { ShardMap } from '../shards/map'

const views = [
  ['', 'Shards'],
  ['records', 'Records'],
  ['put', 'Put a record'],
] as const

export function StreamPage({ name, view }: { name: string; view: string }) {
  const store = useLive()
  const [shards, setShards] = useState<Shard[]>([])
  const [error, setError] = useState<unknown>(null)
  const [dialog, setDialog] = useState<'' | 'scale' | 'delete'>('')
  const stream = store.overview?.streams.find((each) => each.name === name)
  const changes = `${stream?.status} ${stream?.shards} ${stream?.openShards}`
  const load = () => getJson<{ shards: Shard[] }>(`streams/${encodeURIComponent(name)}`).then((answer) => {
    setShards(answer.shards)
    setError(null)
  }, setError)
  useEffect(() => void load(), [changes])
  useEffect(() => {
    if (view) return
    const timer = setInterval(load, 3000)
    return () => clearInterval(timer)
  }, [view])
  if (!stream) return <Absent from={sections.streams}>There is no stream {name} in this region.</Absent>
  const series = store.of(`stream ${name}`)
  const readers = store.overview!.deliveryStreams.filter((each) => each.sourceStream === name)
  const pipelines = store.overview!.pipelines.filter((each) => each.sourceStream === name)
  return (
    <>
      <PageHead title={name} from={sections.streams} status={<Status value={stream.status} />}>
        {stream.mode === 'PROVISIONED' && <button onClick={() => setDialog('scale')}>Scale</button>}
        <button class="danger quiet" onClick={() => setDialog('delete')}>Delete</button>
      </PageHead>
      <dl class="figures">
        <Figure label="Coming in" value={rate(series.rate)} hint={`${count(stream.records)} records put`} />
        <Figure label="Kept" value={count(stream.retainedRecords)} hint={`for ${duration(stream.retentionHours * 3_600_000)}`} />
        <Figure label="Shards" value={count(stream.openShards)} hint={stream.mode === 'ON_DEMAND' ? 'on demand' : 'provisioned'} />
        <Figure label="Readers that are known" value={count(stream.consumers.length + readers.length + pipelines.length)} hint={[...stream.consumers.map(consumerLag), ...pipelines.map((each) => `ETL ${each.name}`), ...readers.map((each) => `${each.channel ? 'channel ' : ''}${titleOf(each)}`)].join(', ') || 'none'} />
        <Figure label="Iterator age" value={durationOrNone(stream.iteratorAgeMilliseconds)} hint="of whoever read by GetRecords, at most, in the last minute" />
      </dl>
      <StreamCharts name={name} />
      <nav class="tabs" aria-label="Views of the stream">
        {views.map(([path, title]) => (
          <Link key={path} to={path ? pathTo('streams', name, path) : pathTo('streams', name)} current={view === path}>{title}</Link>
        ))}
      </nav>
      <ErrorNote error={error} />
      {view === '' && <ShardMap stream={name} shards={shards} canChange={stream.mode === 'PROVISIONED' && stream.status === 'ACTIVE'} onChange={load} />}
      {view === 'records' && <RecordViewer stream={name} shards={shards} />}
      {view === 'put' && <PutRecord stream={name} />}
      <p class="foot">Created <Time at={stream.createdAt} /></p>
      {dialog === 'scale' && <Scale name={name} open={shards.filter((shard) => shard.isOpen).length} onClose={() => setDialog('')} />}
      {dialog === 'delete' && (
        <DeleteDialog name={name} kind="stream" onErased={() => go('streams')} onClose={() => setDialog('')} erase={() => aws('kinesis', 'DeleteStream', { StreamName: name, EnforceConsumerDeletion: true })}>
          {stream.retainedRecords > 0 ? `Its ${count(stream.retainedRecords)} records go with it` : 'It holds no records'}, and so do its registered consumers. This cannot be undone.
        </DeleteDialog>
      )}
    </>
  )
}

function consumerLag({ name, millisBehindLatest }: ConsumerOverview): string {
  return millisBehindLatest === null ? name : `${name} (${duration(millisBehindLatest)} behind)`
}

function Scale({ name, open, onClose }: { name: string; open: number; onClose: () => void }) {
  const scale = (fields: FormData) =>
    aws('kinesis', 'UpdateShardCount', { StreamName: name, TargetShardCount: Number(fields.get('target')), ScalingType: 'UNIFORM_SCALING' })
  return (
    <FormDialog title={`Scale ${name}`} act="Scale" onSubmit={scale} onClose={onClose}>
      <p>The hash keys are dealt out evenly anew. Readers go on from the old shards to the new ones.</p>
      <Field label="Shards" hint={`${open} are open; at most double and at least half of that in one step`}>
        <input name="target" type="number" min={1} defaultValue={String(open * 2)} required autofocus />
      </Field>
    </FormDialog>
  )
}
