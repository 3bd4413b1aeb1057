import { Field } from '../parts/dialog'

export function Freshness({ seconds }: { seconds: number }) {
  return <Field label="Freshness" hint="the longest that a record waits, in seconds"><input name="freshness" type="number" min={0} max={900} defaultValue={String(seconds)} required /></Field>
}
