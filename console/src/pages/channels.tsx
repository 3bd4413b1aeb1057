import { useState } from 'preact/hooks'
import { aws } from '../api'
import { channelsOf } from '../deliveries/names'
import { bytes, count, rate } from '../format'
import { useLive } from '../live/store'
import { Field, FormDialog } from '../parts/dialog'
import { Status } from '../parts/notes'
import { Link, pathTo } from '../router'

export function ChannelsPage() {
  const store = useLive()
  const [isCreating, setCreating] = useState(false)
  const channels = channelsOf(store.overview?.deliveryStreams ?? [])
  return (
    <>
      <div class="head">
        <h1>Channels</h1>
        <button class="primary" onClick={() => setCreating(true)}>Create a channel</button>
      </div>
      {channels.length === 0 ? (
        <p class="waiting">There are no channels in this region. One takes the records of an on-demand stream into a bucket.</p>
      ) : (
        <div class="card table" tabIndex={0} role="region" aria-label="Channels">
          <table>
            <thead>
              <tr><th>Channel</th><th>Status</th><th>From</th><th>To</th><th class="number">Taking</th><th class="number">Waiting</th><th class="number">Delivered</th><th class="number">Objects</th></tr>
            </thead>
            <tbody>
              {channels.map((stream) => (
                <tr key={stream.name}>
                  <th scope="row"><Link to={pathTo('channels', stream.channel!.name)}>{stream.channel!.name}</Link></th>
                  <td>{stream.lastError ? <span class="status bad">STANDS STILL</span> : <Status value={stream.status} />}</td>
                  <td>{stream.sourceStream && <Link to={pathTo('streams', stream.sourceStream)}>{stream.sourceStream}</Link>}</td>
                  <td><Link to={pathTo('buckets', stream.bucket)}>{stream.bucket}</Link></td>
                  <td class="number">{rate(store.of(`taken ${stream.name}`).rate)}</td>
                  <td class="number">{bytes(stream.bufferedBytes ?? 0)}</td>
                  <td class="number">{count(stream.deliveredRecords ?? 0)}</td>
                  <td class="number">{count(stream.deliveredObjects ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isCreating && <CreateChannel onClose={() => setCreating(false)} />}
    </>
  )
}

function CreateChannel({ onClose }: { onClose: () => void }) {
  const { account, region, streams, buckets } = useLive().overview!
  const onDemand = streams.filter((stream) => stream.mode === 'ON_DEMAND')
  const create = (fields: FormData) => {
    const of = (name: string) => String(fields.get(name) ?? '')
    return aws('kinesis', 'CreateChannel', {
      ChannelName: of('name'),
      ServiceExecutionRoleARN: `arn:aws:iam::${account}:role/headrace-channel-role`,
      StreamConfigurationList: [{ StreamARN: `arn:aws:kinesis:${region}:${account}:stream/${of('stream')}`, RecordConfiguration: { RecordFormatType: of('format') } }],
      S3DestinationConfiguration: {
        DataFreshnessInSeconds: Number(of('freshness')),
        StorageConfiguration: {
          BucketARN: `arn:aws:s3:::${of('bucket')}`,
          ExpectedBucketOwner: account,
          CompressionType: of('compression'),
          ...(of('template') && { OutputKeyTemplate: of('template') }),
        },
      },
    })
  }
  return (
    <FormDialog title="Create a channel" act="Create" onSubmit={create} onClose={onClose}>
      <Field label="Name"><input name="name" required autofocus maxLength={128} /></Field>
      <Field label="Stream" hint={onDemand.length === 0 ? 'There is no on-demand stream yet, and only these have channels.' : undefined}>
        <select name="stream" required>{onDemand.map(({ name }) => <option key={name}>{name}</option>)}</select>
      </Field>
      <Field label="Bucket" hint={buckets.length === 0 ? 'There is no bucket yet.' : undefined}>
        <select name="bucket" required>{buckets.map(({ name }) => <option key={name}>{name}</option>)}</select>
      </Field>
      <Field label="Freshness" hint="the longest that a record waits, in seconds"><input name="freshness" type="number" min={0} max={900} defaultValue="60" required /></Field>
      <Field label="Records">
        <select name="format">
          <option value="BYTE_ARRAY">anything</option>
          <option value="JSON">JSON; the rest are dead letters</option>
          <option value="STRING">UTF-8; the rest are dead letters</option>
        </select>
      </Field>
      <Field label="Compression">
        <select name="compression"><option value="NONE">none</option><option value="GZIP">GZIP</option><option value="ZSTD">ZSTD</option></select>
      </Field>
      <Field label="Key template" hint="such as orders/!{yyyy}/!{MM}/!{dd}!{extension}; left empty, the usual one"><input name="template" maxLength={1024} /></Field>
    </FormDialog>
  )
}
