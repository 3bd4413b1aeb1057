import type { ComponentChildren } from 'preact'
import { ServerError } from '../api'
import { local, utc } from '../format'

/** What failed, in the server's own words. */
export function ErrorNote({ error }: { error: unknown }) {
  if (!error) return null
  const [type, message] = error instanceof ServerError ? [error.type, error.message] : ['Error', String(error)]
  return <Alert title={type}>{message}</Alert>
}

/** What stands in the way. */
export function Alert({ title, children }: { title: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="note bad" role="alert">
      <strong>{title}</strong>
      <span>{children}</span>
    </div>
  )
}

/** A time in UTC, and on a second line where the reader is. */
export function Time({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} class="time">
      {utc(at)}
      <small>{local(at)} local</small>
    </time>
  )
}

export function Status({ value }: { value: string }) {
  const kind = value === 'ACTIVE' ? 'good' : value === 'DELETING' ? 'bad' : 'busy'
  return <span class={`status ${kind}`}>{value}</span>
}

/** A number with what it counts. */
export function Figure({ label, value, hint }: { label: string; value: ComponentChildren; hint?: ComponentChildren }) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        {value}
        {hint && <small>{hint}</small>}
      </dd>
    </div>
  )
}

export function Commands({ children }: { children: string }) {
  return <pre class="commands" tabIndex={0}>{children}</pre>
}
