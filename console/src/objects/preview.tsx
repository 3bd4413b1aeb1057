import { useEffect, useState } from 'preact/hooks'
import { s3, s3Path } from '../api'
import { bytes } from '../format'
import { ErrorNote } from '../parts/notes'
import { ContentView, contentOf } from '../records/content'
import { parseCsv } from './csv'
import { isParquet, readParquet } from './parquet'
import { TableView, type Table } from './table'

const most = 256 * 1024
const shownRows = 100

interface Preview {
  data: Uint8Array
  isWhole: boolean
  isUnpacked: boolean
  table: Table | null
}

/** The beginning of an object, unpacked where it is gzip. */
export function ObjectPreview({ bucket, objectKey, size }: { bucket: string; objectKey: string; size: number }) {
  const [preview, setPreview] = useState<Preview | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    setPreview(null)
    setError(null)
    lookInto(bucket, objectKey, size).then(setPreview, setError)
  }, [bucket, objectKey])
  if (error) return <ErrorNote error={error} />
  if (!preview) return <p class="waiting">Reading…</p>
  return (
    <>
      {(preview.isUnpacked || !(preview.isWhole || preview.table)) && (
        <p class="says">{preview.isUnpacked && 'Unpacked from gzip. '}{!preview.isWhole && !preview.table && `The first ${bytes(preview.data.length)}.`}</p>
      )}
      {preview.table ? <TableView table={preview.table} /> : <Lines data={preview.data} />}
    </>
  )
}

/** Records that stand one after another, as delivery writes them, are shown one by one. */
function Lines({ data }: { data: Uint8Array }) {
  const content = contentOf(data)
  const records = content.kind === 'text' ? recordsOf(content.text) : []
  if (records.length < 2) return <ContentView bytes={data} />
  return (
    <ul class="records">
      {records.slice(0, 200).map((record, index) => <li key={index}><Folded text={record} /></li>)}
      {records.length > 200 && <li class="says">and {records.length - 200} more in what was read</li>}
    </ul>
  )
}

function Folded({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details open={isOpen} onToggle={(event: Event) => event.target === event.currentTarget && setOpen((event.target as HTMLDetailsElement).open)}>
      <summary><span class="line mono">{text}</span></summary>
      {isOpen && <ContentView bytes={new TextEncoder().encode(text)} />}
    </details>
  )
}

/** Cuts text into its JSON objects: one a line, or joined without anything between them. Nothing where it is something else. */
function recordsOf(text: string): string[] {
  if (!text.startsWith('{')) return []
  const records: string[] = []
  let depth = 0
  let start = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (isQuoted) {
      if (letter === '\\') at++
      else if (letter === '"') isQuoted = false
    } else if (letter === '"') isQuoted = true
    else if (letter === '{' && depth++ === 0) start = at
    else if (letter === '}' && --depth === 0) records.push(text.slice(start, at + 1))
  }
  return records
}

/** Parquet and CSV become tables. */
async function lookInto(bucket: string, key: string, size: number): Promise<Preview> {
  const { type, ...found } = await read(bucket, key, size)
  if (isParquet(found.data) && !found.isUnpacked) return { ...found, table: await readParquet(bucket, key, size, shownRows) }
  const content = contentOf(found.data)
  const isCsv = /\.[ct]sv(\.gz)?$/i.test(key) || type.startsWith('text/csv')
  return { ...found, table: isCsv && content.kind === 'text' ? parseCsv(content.text, found.isWhole, shownRows) : null }
}

async function read(bucket: string, key: string, size: number): Promise<Omit<Preview, 'table'> & { type: string }> {
  if (size === 0) return { data: new Uint8Array(), isWhole: true, isUnpacked: false, type: '' }
  const end = Math.min(size, most) - 1
  // An object that says it is gzip is unpacked by the browser, which cannot do it for a part: then all of it is asked for.
  let response = await s3('HEAD', s3Path(bucket, key))
  const type = response.headers.get('content-type') ?? ''
  if (response.headers.get('content-encoding') === 'gzip') {
    response = await s3('GET', s3Path(bucket, key))
    return { ...(await upTo(response.body!)), isUnpacked: true, type }
  }
  response = await s3('GET', s3Path(bucket, key), { headers: { Range: `bytes=0-${end}` } })
  const data = new Uint8Array(await response.arrayBuffer())
  if (data[0] === 0x1f && data[1] === 0x8b) {
    const unpacked = await upTo(new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip')))
    return { data: unpacked.data, isWhole: unpacked.isWhole && end === size - 1, isUnpacked: true, type }
  }
  return { data, isWhole: end === size - 1, isUnpacked: false, type }
}

/** What comes first of a stream of bytes; a packed part that breaks off gives what it had. */
async function upTo(stream: ReadableStream<Uint8Array>): Promise<{ data: Uint8Array; isWhole: boolean }> {
  const reader = stream.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  let isWhole = false
  try {
    while (length < most) {
      const { done, value } = await reader.read()
      if (done) {
        isWhole = true
        break
      }
      pieces.push(value)
      length += value.length
    }
  } catch {
    // The part ends in the middle of what was packed.
  }
  await reader.cancel().catch(() => undefined)
  const data = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    data.set(piece, at)
    at += piece.length
  }
  return { data, isWhole }
}
