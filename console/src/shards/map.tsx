import { useState } from 'preact/hooks'
import { aws, type Shard } from '../api'
import { count, duration } from '../format'
import { Field, FormDialog } from '../parts/dialog'
import { Time } from '../parts/notes'

const all = 1n << 128n
const width = 1000
const rowHeight = 46

/** Where a hash key lies on the map. */
const across = (hashKey: string): number => (Number((BigInt(hashKey) * 1_000_000n) / all) / 1_000_000) * width

/** A shard stands one row below its parents. */
function rowsOf(shards: Shard[]): Map<string, number> {
  const byId = new Map(shards.map((shard) => [shard.id, shard]))
  const rows = new Map<string, number>()
  for (const shard of shards) {
    const parents = [shard.parent, shard.adjacentParent].filter((id): id is string => id !== null && byId.has(id))
    rows.set(shard.id, parents.length ? 1 + Math.max(...parents.map((id) => rows.get(id) ?? 0)) : 0)
  }
  return rows
}

const shortId = (id: string): string => id.replace(/^shardId-0*(?=\d)/, '')

interface MapProps {
  stream: string
  shards: Shard[]
  canChange: boolean
  onChange: () => void
}

/** All shards over the hash keys that they take: open ones filled, closed ones above those that followed them. */
export function ShardMap({ stream, shards, canChange, onChange }: MapProps) {
  const [chosenId, setChosen] = useState('')
  const [act, setAct] = useState<'' | 'split' | 'merge'>('')
  const rows = rowsOf(shards)
  const height = (Math.max(0, ...rows.values()) + 1) * rowHeight + 22
  const chosen = shards.find((shard) => shard.id === chosenId) ?? shards.find((shard) => shard.isOpen)
  const right = chosen?.isOpen ? shards.find((shard) => shard.isOpen && BigInt(shard.startingHashKey) === BigInt(chosen.endingHashKey) + 1n) : undefined
  return (
    <section class="card shards" aria-label="Shard map">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${shards.length} shards over the hash keys`}>
        {shards.flatMap((shard) =>
          [shard.parent, shard.adjacentParent].map((id) => {
            const parent = shards.find((other) => other.id === id)
            return parent && <Descent key={`${id} ${shard.id}`} from={parent} to={shard} rows={rows} />
          }),
        )}
        {shards.map((shard) => (
          <ShardBar key={shard.id} shard={shard} row={rows.get(shard.id)!} isChosen={shard.id === chosen?.id} onChoose={() => setChosen(shard.id)} />
        ))}
        <text class="end" x={0} y={height - 4}>0</text>
        <text class="end last" x={width} y={height - 4}>2¹²⁸ − 1</text>
      </svg>
      {chosen && (
        <div class="chosen">
          <h2>{chosen.id} <small>{chosen.isOpen ? 'open' : 'closed'}</small></h2>
          <dl class="facts">
            <dt>Hash keys</dt><dd class="mono">{chosen.startingHashKey} … {chosen.endingHashKey}</dd>
            <dt>Records</dt><dd>{count(chosen.records)} put, {count(chosen.retainedRecords)} kept</dd>
            {chosen.parent && <><dt>Came of</dt><dd>{[chosen.parent, chosen.adjacentParent].filter(Boolean).join(' and ')}</dd></>}
            <dt>Opened</dt><dd><Time at={chosen.createdAt} /></dd>
            {chosen.closedAt && <><dt>Closed</dt><dd><Time at={chosen.closedAt} /> after {duration(chosen.closedAt - chosen.createdAt)}</dd></>}
          </dl>
          {chosen.isOpen && (
            <div class="actions start">
              <button disabled={!canChange} onClick={() => setAct('split')}>Split</button>
              <button disabled={!canChange || !right} onClick={() => setAct('merge')}>Merge with its right neighbor</button>
            </div>
          )}
        </div>
      )}
      {act === 'split' && chosen && <Split stream={stream} shard={chosen} onDone={onChange} onClose={() => setAct('')} />}
      {act === 'merge' && chosen && right && <Merge stream={stream} shard={chosen} right={right} onDone={onChange} onClose={() => setAct('')} />}
    </section>
  )
}

function ShardBar({ shard, row, isChosen, onChoose }: { shard: Shard; row: number; isChosen: boolean; onChoose: () => void }) {
  const left = across(shard.startingHashKey)
  const size = Math.max(3, across(shard.endingHashKey) - left)
  const shown = size > 150 ? `${shortId(shard.id)} · ${count(shard.records)} records` : size > 34 ? shortId(shard.id) : ''
  const choose = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onChoose()
  }
  return (
    <g class={`shard ${shard.isOpen ? 'open' : 'closed'}`} role="button" tabindex={0} aria-pressed={isChosen} aria-label={[shown, shard.id, shard.isOpen ? 'open' : 'closed'].filter(Boolean).join(', ')} onClick={onChoose} onKeyDown={choose}>
      <title>{shard.id}</title>
      <rect x={left + 1} y={row * rowHeight + 2} width={Math.max(2, size - 2)} height={28} rx={6} />
      {shown && <text x={left + size / 2} y={row * rowHeight + 21}>{shown}</text>}
    </g>
  )
}

function Descent({ from, to, rows }: { from: Shard; to: Shard; rows: Map<string, number> }) {
  const middle = (shard: Shard) => (across(shard.startingHashKey) + across(shard.endingHashKey)) / 2
  const startY = rows.get(from.id)! * rowHeight + 30
  const endY = rows.get(to.id)! * rowHeight + 2
  const bend = (endY - startY) / 2
  return <path class="descent" d={`M${middle(from)} ${startY}C${middle(from)} ${startY + bend} ${middle(to)} ${endY - bend} ${middle(to)} ${endY}`} />
}

function Split({ stream, shard, onDone, onClose }: { stream: string; shard: Shard; onDone: () => void; onClose: () => void }) {
  const middle = (BigInt(shard.startingHashKey) + BigInt(shard.endingHashKey) + 1n) / 2n
  const split = async (fields: FormData) => {
    await aws('kinesis', 'SplitShard', { StreamName: stream, ShardToSplit: shard.id, NewStartingHashKey: String(fields.get('key')) })
    onDone()
  }
  return (
    <FormDialog title={`Split ${shard.id}?`} act="Split the shard" onSubmit={split} onClose={onClose}>
      <p>The shard is closed and two new ones take its hash keys. What is in it stays readable.</p>
      <Field label="The second one begins at hash key" hint="The middle, unless you know better"><input name="key" class="mono" defaultValue={String(middle)} required autofocus /></Field>
    </FormDialog>
  )
}

function Merge({ stream, shard, right, onDone, onClose }: { stream: string; shard: Shard; right: Shard; onDone: () => void; onClose: () => void }) {
  const merge = async () => {
    await aws('kinesis', 'MergeShards', { StreamName: stream, ShardToMerge: shard.id, AdjacentShardToMerge: right.id })
    onDone()
  }
  return (
    <FormDialog title="Merge two shards?" act="Merge the shards" onSubmit={merge} onClose={onClose}>
      <p>{shard.id} and {right.id} are closed and one new shard takes the hash keys of both. What is in them stays readable.</p>
    </FormDialog>
  )
}
