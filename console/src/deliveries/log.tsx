import { useEffect, useState } from 'preact/hooks'
import { aws } from '../api'
import { ErrorNote, Time } from '../parts/notes'

interface Line {
  eventId: string
  timestamp: number
  message: string
}

const shown = 20

/** What went wrong, as a log has it. */
export function DeliveryLog({ group, stream, news }: { group: string; stream: string; news: string }) {
  const [lines, setLines] = useState<Line[]>([])
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    aws<{ events: Line[] }>('logs', 'GetLogEvents', { logGroupName: group, logStreamName: stream, limit: shown }).then((answer) => setLines([...answer.events].reverse()), setError)
  }, [group, stream, news])
  if (lines.length === 0 && !error) return null
  return (
    <section class="card" aria-label="Log">
      <h2>What went wrong</h2>
      <ErrorNote error={error} />
      <dl class="facts">
        {lines.map((line, index) => (
          <>
            <dt key={`${index} at`}><Time at={line.timestamp} /></dt>
            <dd key={`${index} line`}>{wordsOf(line.message)}</dd>
          </>
        ))}
      </dl>
    </section>
  )
}

function wordsOf(message: string): string {
  try {
    const line = JSON.parse(message) as { errorCode?: string; message?: string }
    return [line.errorCode, line.message].filter(Boolean).join(': ') || message
  } catch {
    return message
  }
}
