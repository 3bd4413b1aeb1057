import { useEffect, useMemo, useState } from 'preact/hooks'
import { address, getJson, type RecordPage, type Shard, type StreamRecord } from '../api'
import { bytes, count, duration } from '../format'
import { Field } from '../parts/dialog'
import { ErrorNote, Time } from '../parts/notes'
import { ContentView, contentOf, fromBase64, inOneLine } from './content'

const positions = [
  ['trim-horizon', 'The oldest record'],
  ['latest', 'After the newest'],
  ['at-timestamp', 'A time'],
  ['at-sequence-number', 'A sequence number'],
  ['after-sequence-number', 'After a sequence number'],
] as const

const kept = 2000

/** One line of the table: a record, or one of an aggregate's. */
interface Row {
  id: string
  record: StreamRecord
  partitionKey: string
  data: Uint8Array
  line: string
  part: string
}

function rowsOf(record: StreamRecord): Row[] {
  const row = (partitionKey: string, base64: string, part: string): Row => {
    const data = fromBase64(base64)
    return { id: `${record.sequenceNumber}/${part}`, record, partitionKey, data, line: inOneLine(contentOf(data)), part }
  }
  if (!record.userRecords) return [row(record.partitionKey, record.data ?? '', '')]
  return record.userRecords.map((user, index) => row(user.partitionKey, user.data, `${index + 1} of ${record.userRecords!.length}`))
}

/** Reads a shard from where one likes, or follows all of them as records come. */
export function RecordViewer({ stream, shards }: { stream: string; shards: Shard[] }) {
  const [rows, setRows] = useState<Row[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [says, setSays] = useState('')
  const [from, setFrom] = useState('trim-horizon')
  const [search, setSearch] = useState('')
  const [isTailing, setTailing] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const path = `streams/${encodeURIComponent(stream)}`

  const take = (page: RecordPage, isFirst: boolean) => {
    const found = page.records.flatMap(rowsOf)
    setRows((before) => (isFirst ? found : [...before, ...found].slice(-kept)))
    setNext(page.nextIterator)
    setSays(page.nextIterator === null ? `The shard is closed and read to its end; ${page.childShards.join(' and ')} follow.`
      : page.millisBehindLatest > 0 ? `${duration(page.millisBehindLatest)} behind the newest record.` : 'At the newest record.')
  }
  const read = async (query: Record<string, string>, isFirst: boolean) => {
    setError(null)
    try {
      take(await getJson<RecordPage>(`${path}/records`, query), isFirst)
    } catch (failure) {
      setError(failure)
    }
  }
  const start = (event: SubmitEvent) => {
    event.preventDefault()
    setTailing(false)
    const fields = new FormData(event.target as HTMLFormElement)
    const query: Record<string, string> = { shard: String(fields.get('shard')), from, limit: '100' }
    if (from === 'at-timestamp') query.timestamp = String(new Date(`${String(fields.get('time'))}Z`).getTime())
    if (from.endsWith('sequence-number')) query.sequenceNumber = String(fields.get('sequence')).trim()
    void read(query, true)
  }

  useEffect(() => {
    if (!isTailing) return
    setRows([])
    setNext(null)
    setError(null)
    setSays('Waiting for records of all shards…')
    const source = new EventSource(address(`${path}/tail`))
    let skipped = 0
    source.addEventListener('records', (event) => {
      const data = JSON.parse(event.data as string) as { records: StreamRecord[]; skipped: number }
      skipped += data.skipped
      setRows((before) => [...data.records.flatMap(rowsOf).reverse(), ...before].slice(0, kept))
      setSays(skipped > 0 ? `Too many to read: ${count(skipped)} were left out.` : 'All shards, newest first.')
    })
    source.addEventListener('end', () => setTailing(false))
    return () => source.close()
  }, [isTailing])

  const shown = useMemo(() => {
    const wanted = search.toLowerCase()
    return wanted ? rows.filter((row) => row.line.toLowerCase().includes(wanted) || row.partitionKey.toLowerCase().includes(wanted) || new TextDecoder().decode(row.data).toLowerCase().includes(wanted)) : rows
  }, [rows, search])

  return (
    <section class="card" aria-label="Records">
      <form class="bar" onSubmit={start}>
        <Field label="Shard">
          <select name="shard">
            {shards.map((shard) => (
              <option key={shard.id} value={shard.id}>{shard.id}{shard.isOpen ? '' : ' (closed)'} · {count(shard.retainedRecords)}</option>
            ))}
          </select>
        </Field>
        <Field label="From">
          <select value={from} onChange={(event) => setFrom((event.target as HTMLSelectElement).value)}>
            {positions.map(([value, title]) => <option key={value} value={value}>{title}</option>)}
          </select>
        </Field>
        {from === 'at-timestamp' && <Field label="Time (UTC)"><input name="time" type="datetime-local" step="1" required defaultValue={new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)} /></Field>}
        {from.endsWith('sequence-number') && <Field label="Sequence number"><input name="sequence" class="mono" required /></Field>}
        <button class="primary">Read</button>
        <button type="button" aria-pressed={isTailing} onClick={() => setTailing(!isTailing)}>{isTailing ? 'Stop following' : 'Follow live'}</button>
      </form>
      <ErrorNote error={error} />
      {(rows.length > 0 || isTailing) && (
        <Field label="Search in what is shown"><input type="search" value={search} onInput={(event) => setSearch((event.target as HTMLInputElement).value)} /></Field>
      )}
      <p class="says" role="status">{says}{says && rows.length > 0 && ` ${count(shown.length)} shown.`}</p>
      <ul class="records">
        {shown.map((row) => <RecordRow key={row.id} row={row} />)}
      </ul>
      {next && <div class="actions start"><button onClick={() => void read({ iterator: next, limit: '100' }, false)}>Read on</button></div>}
    </section>
  )
}

function RecordRow({ row }: { row: Row }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <details open={isOpen} onToggle={(event: Event) => event.target === event.currentTarget && setOpen((event.target as HTMLDetailsElement).open)}>
        <summary>
          <span class="key">{row.partitionKey}</span>
          <span class="line mono">{row.line}</span>
        </summary>
        {isOpen && (
          <>
            <dl class="facts">
              <dt>Shard</dt><dd>{row.record.shard}</dd>
              <dt>Sequence number</dt><dd class="mono">{row.record.sequenceNumber}</dd>
              <dt>Arrived</dt><dd><Time at={row.record.arrivedAt} /></dd>
              <dt>Size</dt><dd>{bytes(row.data.length)}</dd>
              {row.part && <><dt>Aggregated</dt><dd>{row.part} in a record of {bytes(row.record.bytes)} with partition key {row.record.partitionKey}</dd></>}
            </dl>
            <ContentView bytes={row.data} />
          </>
        )}
      </details>
    </li>
  )
}
