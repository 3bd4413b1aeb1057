import { useState } from 'preact/hooks'
import { aws } from '../api'
import { count, rate } from '../format'
import { useLive } from '../live/store'
import { Choice, Field, FormDialog } from '../parts/dialog'
import { ListPage } from '../parts/list'
import { Status, Time } from '../parts/notes'
import { Link, pathTo } from '../router'
import { sections } from '../sections'

export function StreamsPage() {
  const store = useLive()
  return (
    <ListPage
      section={sections.streams}
      label="Data streams"
      empty={<p class="waiting">There are no data streams in this region.</p>}
      create={{ act: 'Create a stream', form: (onClose) => <CreateStream onClose={onClose} /> }}
      items={store.overview?.streams ?? []}
      keyOf={(stream) => stream.name}
      columns={[
        { title: 'Stream', cell: (stream) => <Link to={pathTo('streams', stream.name)}>{stream.name}</Link> },
        { title: 'Status', cell: (stream) => <Status value={stream.status} /> },
        { title: 'Mode', cell: (stream) => (stream.mode === 'ON_DEMAND' ? 'on demand' : 'provisioned') },
        { title: 'Shards', isNumber: true, cell: (stream) => stream.openShards },
        { title: 'In', isNumber: true, cell: (stream) => rate(store.of(`stream ${stream.name}`).rate) },
        { title: 'Records put', isNumber: true, cell: (stream) => count(stream.records) },
        { title: 'Kept', isNumber: true, cell: (stream) => count(stream.retainedRecords) },
        { title: 'Created', cell: (stream) => <Time at={stream.createdAt} /> },
      ]}
    />
  )
}

function CreateStream({ onClose }: { onClose: () => void }) {
  const [mode, setMode] = useState('PROVISIONED')
  const create = (fields: FormData) =>
    aws('kinesis', 'CreateStream', {
      StreamName: String(fields.get('name')),
      StreamModeDetails: { StreamMode: mode },
      ...(mode === 'PROVISIONED' && { ShardCount: Number(fields.get('shards')) }),
    })
  return (
    <FormDialog title="Create a stream" act="Create" onSubmit={create} onClose={onClose}>
      <Field label="Name"><input name="name" required autofocus maxLength={128} /></Field>
      <Choice label="Capacity" name="mode" onChange={setMode} options={[['PROVISIONED', 'Provisioned: you choose the shards'], ['ON_DEMAND', 'On demand: the stream chooses']]} />
      {mode === 'PROVISIONED' && <Field label="Shards"><input name="shards" type="number" min={1} defaultValue="1" required /></Field>}
    </FormDialog>
  )
}
