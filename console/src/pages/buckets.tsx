import { s3, s3Path } from '../api'
import { placeOf, titleOf } from '../deliveries/names'
import { useLive } from '../live/store'
import { Field, FormDialog } from '../parts/dialog'
import { ListPage } from '../parts/list'
import { Time } from '../parts/notes'
import { Link, pathTo } from '../router'
import { sections } from '../sections'

export function BucketsPage() {
  const store = useLive()
  const feeders = (name: string) => store.overview!.deliveryStreams.filter((stream) => stream.bucket === name)
  return (
    <ListPage
      section={sections.buckets}
      label="Buckets"
      empty={<p class="waiting">There are no buckets.</p>}
      create={{ act: 'Create a bucket', form: (onClose) => <CreateBucket onClose={onClose} /> }}
      items={store.overview?.buckets ?? []}
      keyOf={(bucket) => bucket.name}
      columns={[
        { title: 'Bucket', cell: ({ name }) => <Link to={pathTo('buckets', name)}>{name}</Link> },
        { title: 'Delivery into it', cell: ({ name }) => feeders(name).map((stream, index) => <>{index > 0 && ', '}<Link to={placeOf(stream)}>{titleOf(stream)}</Link></>) },
        { title: 'Created', cell: (bucket) => <Time at={bucket.createdAt} /> },
      ]}
    />
  )
}

function CreateBucket({ onClose }: { onClose: () => void }) {
  return (
    <FormDialog title="Create a bucket" act="Create" onClose={onClose} onSubmit={(fields) => s3('PUT', s3Path(String(fields.get('name'))))}>
      <Field label="Name" hint="3 to 63 lower-case letters, digits, dots and hyphens"><input name="name" required autofocus minLength={3} maxLength={63} /></Field>
    </FormDialog>
  )
}
