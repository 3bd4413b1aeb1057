import { useMemo } from 'preact/hooks'
import { ErrorNote } from '../parts/notes'
import { ContentView } from '../records/content'

/** All that the API says of it. */
export function Configuration({ description, error }: { description: object | null; error: unknown }) {
  const text = useMemo(() => description && new TextEncoder().encode(JSON.stringify(description)), [description])
  return (
    <section class="card">
      <h2>Configuration</h2>
      <ErrorNote error={error} />
      {text && <ContentView bytes={text} />}
    </section>
  )
}
