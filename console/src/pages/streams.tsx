import { useState } from 'preact/hooks'
import { aws } from '../api'
import { count, rate } from '../format'
import { useLive } from '../live/store'
import { Field, FormDialog } from '../parts/dialog'
import { Status, Time } from '../parts/notes'
import { Link, pathTo } from '../router'

export function StreamsPage() {
  const store = useLive()
  const [isCreating, setCreating] = useState(false)
  const streams = store.overview?.streams ?? []
  return (
    <>
      <div class="head">
        <h1>Streams</h1>
        <button class="primary" onClick={() => setCreating(true)}>Create a stream</button>
      </div>
      {streams.length === 0 ? (
        <p class="waiting">There are no data streams in this region.</p>
      ) : (
        <div class="card table" tabIndex={0} role="region" aria-label="Data streams">
          <table>
            <thead>
              <tr><th>Stream</th><th>Status</th><th>Mode</th><th class="number">Shards</th><th class="number">In</th><th class="number">Records put</th><th class="number">Kept</th><th>Created</th></tr>
            </thead>
            <tbody>
              {streams.map((stream) => (
                <tr key={stream.name}>
                  <th scope="row"><Link to={pathTo('streams', stream.name)}>{stream.name}</Link></th>
                  <td><Status value={stream.status} /></td>
                  <td>{stream.mode === 'ON_DEMAND' ? 'on demand' : 'provisioned'}</td>
                  <td class="number">{stream.openShards}</td>
                  <td class="number">{rate(store.of(`stream ${stream.name}`).rate)}</td>
                  <td class="number">{count(stream.records)}</td>
                  <td class="number">{count(stream.retainedRecords)}</td>
                  <td><Time at={stream.createdAt} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isCreating && <CreateStream onClose={() => setCreating(false)} />}
    </>
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
      <Field label="Capacity">
        <select value={mode} onChange={(event) => setMode((event.target as HTMLSelectElement).value)}>
          <option value="PROVISIONED">Provisioned: you choose the shards</option>
          <option value="ON_DEMAND">On demand: the stream chooses</option>
        </select>
      </Field>
      {mode === 'PROVISIONED' && <Field label="Shards"><input name="shards" type="number" min={1} defaultValue="1" required /></Field>}
    </FormDialog>
  )
}
