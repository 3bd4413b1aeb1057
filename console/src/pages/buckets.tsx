import { useState } from 'preact/hooks'
import { s3, s3Path } from '../api'
import { placeOf, titleOf } from '../deliveries/names'
import { useLive } from '../live/store'
import { Field, FormDialog } from '../parts/dialog'
import { Time } from '../parts/notes'
import { Link, pathTo } from '../router'

export function BucketsPage() {
  const store = useLive()
  const [isCreating, setCreating] = useState(false)
  const buckets = store.overview?.buckets ?? []
  const feeders = (name: string) => store.overview!.deliveryStreams.filter((stream) => stream.bucket === name)
  return (
    <>
      <div class="head">
        <h1>Buckets</h1>
        <button class="primary" onClick={() => setCreating(true)}>Create a bucket</button>
      </div>
      {buckets.length === 0 ? (
        <p class="waiting">There are no buckets.</p>
      ) : (
        <div class="card table" tabIndex={0} role="region" aria-label="Buckets">
          <table>
            <thead><tr><th>Bucket</th><th>Delivery into it</th><th>Created</th></tr></thead>
            <tbody>
              {buckets.map((bucket) => (
                <tr key={bucket.name}>
                  <th scope="row"><Link to={pathTo('buckets', bucket.name)}>{bucket.name}</Link></th>
                  <td>{feeders(bucket.name).map((stream, index) => <>{index > 0 && ', '}<Link to={placeOf(stream)}>{titleOf(stream)}</Link></>)}</td>
                  <td><Time at={bucket.createdAt} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isCreating && (
        <FormDialog title="Create a bucket" act="Create" onClose={() => setCreating(false)} onSubmit={(fields) => s3('PUT', s3Path(String(fields.get('name'))))}>
          <Field label="Name" hint="3 to 63 lower-case letters, digits, dots and hyphens"><input name="name" required autofocus minLength={3} maxLength={63} /></Field>
        </FormDialog>
      )}
    </>
  )
}
