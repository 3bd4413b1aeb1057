import { useState } from 'preact/hooks'
import { aws } from '../api'
import { Field } from '../parts/dialog'
import { ErrorNote } from '../parts/notes'
import { toBase64 } from './content'

const example = '{"session_id": "a1", "country": "USA"}'

/** Puts one record, as a producer would. */
export function PutRecord({ stream }: { stream: string }) {
  const [error, setError] = useState<unknown>(null)
  const [answer, setAnswer] = useState<{ ShardId: string; SequenceNumber: string } | null>(null)
  const put = async (event: SubmitEvent) => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    const hashKey = String(fields.get('hashKey')).trim()
    setError(null)
    try {
      setAnswer(await aws('kinesis', 'PutRecord', {
        StreamName: stream,
        PartitionKey: String(fields.get('key')),
        Data: toBase64(new TextEncoder().encode(String(fields.get('data')))),
        ...(hashKey && { ExplicitHashKey: hashKey }),
      }))
    } catch (failure) {
      setAnswer(null)
      setError(failure)
    }
  }
  return (
    <form class="card put" onSubmit={(event: SubmitEvent) => void put(event)}>
      <Field label="Data"><textarea name="data" rows={6} class="mono" required defaultValue={example} /></Field>
      <div class="pair">
        <Field label="Partition key"><input name="key" required defaultValue="a1" maxLength={256} /></Field>
        <Field label="Explicit hash key" hint="Only to choose the shard yourself"><input name="hashKey" inputMode="numeric" /></Field>
      </div>
      <div class="actions start"><button class="primary">Put the record</button></div>
      <div role="status">
        {answer && <p class="note good">It is in <b>{answer.ShardId}</b> as <span class="mono">{answer.SequenceNumber}</span></p>}
      </div>
      <ErrorNote error={error} />
    </form>
  )
}
