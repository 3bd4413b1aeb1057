import { useEffect, useState } from 'preact/hooks'
import { s3, s3Path, textOf } from '../api'
import { count } from '../format'
import { ErrorNote, Time } from '../parts/notes'
import { ContentView, contentOf, fromBase64, inOneLine } from '../records/content'
import { Link, pathTo } from '../router'

const shown = 100
const newestObjects = 5

/** A line of an error object, as delivery writes it. */
interface Failure {
  object: string
  code: string
  message: string
  arrivedAt: number
  attempts: number
  data: Uint8Array
}

interface FailureLine {
  rawData?: string
  errorCode?: string
  errorMessage?: string
  lastErrorCode?: string
  lastErrorMessage?: string
  arrivalTimestamp?: number
  attemptsMade?: number
}

/** Records that could not be processed, with what was said of each: the newest of the error prefix. */
export function Failures({ bucket, errorPrefix, hasBucket, news }: { bucket: string; errorPrefix: string | null; hasBucket: boolean; news: unknown }) {
  const [found, setFound] = useState<{ failures: Failure[]; objects: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const prefix = (errorPrefix ?? '').split('!{')[0]!
  const isRead = hasBucket && Boolean(errorPrefix)
  // What is delivered may have failed.
  useEffect(() => {
    if (!isRead) return
    setError(null)
    newest(bucket, prefix).then(setFound, setError)
  }, [isRead, bucket, prefix, news])
  if (!errorPrefix) return null
  return (
    <section class="card" aria-label="Records that failed">
      <h2>Records that failed <small>{found && (found.objects === 0 ? 'none' : `in ${count(found.objects)} ${found.objects === 1 ? 'object' : 'objects'}`)}</small></h2>
      <ErrorNote error={error} />
      <p class="says">They go to <Link to={pathTo('buckets', bucket, ...prefix.split('/'))}>{bucket}/{errorPrefix}</Link>{found && found.failures.length > 0 && '; the newest first:'}</p>
      <ul class="records">
        {found?.failures.map((failure, index) => <FailureRow key={`${failure.object} ${index}`} failure={failure} />)}
      </ul>
    </section>
  )
}

function FailureRow({ failure }: { failure: Failure }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <details open={isOpen} onToggle={(event: Event) => event.target === event.currentTarget && setOpen((event.target as HTMLDetailsElement).open)}>
        <summary>
          <span class="key">{failure.code}</span>
          <span class="line mono">{inOneLine(contentOf(failure.data))}</span>
        </summary>
        {isOpen && (
          <>
            <dl class="facts">
              <dt>Why</dt><dd>{failure.message}</dd>
              <dt>Arrived</dt><dd><Time at={failure.arrivedAt} /></dd>
              <dt>Attempts</dt><dd>{failure.attempts}</dd>
              <dt>Object</dt><dd class="mono">{failure.object}</dd>
            </dl>
            <ContentView bytes={failure.data} />
          </>
        )}
      </details>
    </li>
  )
}

/** Keys of error objects end with their times, so the last ones are the newest. */
async function newest(bucket: string, prefix: string): Promise<{ failures: Failure[]; objects: number }> {
  const keys: string[] = []
  let token = ''
  do {
    const page = await s3('GET', s3Path(bucket), {}, { 'list-type': '2', prefix, ...(token && { 'continuation-token': token }) })
    const xml = new DOMParser().parseFromString(await page.text(), 'text/xml')
    keys.push(...[...xml.getElementsByTagName('Contents')].map((each) => textOf(each, 'Key')))
    token = textOf(xml, 'NextContinuationToken')
  } while (token && keys.length < 3000)
  const failures: Failure[] = []
  for (const key of keys.slice(-newestObjects).reverse()) {
    const text = await (await s3('GET', s3Path(bucket, key), { headers: { Range: 'bytes=0-262143' } })).text()
    failures.push(...failuresOf(key, text).reverse())
  }
  return { failures: failures.slice(0, shown), objects: keys.length }
}

function failuresOf(object: string, text: string): Failure[] {
  return text.split('\n').flatMap((line) => {
    try {
      const each = JSON.parse(line) as FailureLine
      if (each.rawData === undefined) return []
      return [{
        object,
        code: each.errorCode ?? each.lastErrorCode ?? '',
        message: each.errorMessage ?? each.lastErrorMessage ?? '',
        arrivedAt: each.arrivalTimestamp ?? 0,
        attempts: each.attemptsMade ?? 0,
        data: fromBase64(each.rawData),
      }]
    } catch {
      // The line was cut off, or it is an object of another kind.
      return []
    }
  })
}
