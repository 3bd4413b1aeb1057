import { aws } from '../api'
import { useLive } from '../live/store'
import { Choice, Field, FormDialog } from '../parts/dialog'
import { Freshness } from './fields'

export function CreateChannel({ onClose }: { onClose: () => void }) {
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
      <Choice label="Stream" name="stream" hint={onDemand.length === 0 ? 'There is no on-demand stream yet, and only these have channels.' : undefined} options={onDemand.map(({ name }) => name)} />
      <Choice label="Bucket" name="bucket" hint={buckets.length === 0 ? 'There is no bucket yet.' : undefined} options={buckets.map(({ name }) => name)} />
      <Freshness seconds={60} />
      <Choice label="Records" name="format" options={[['BYTE_ARRAY', 'anything'], ['JSON', 'JSON; the rest are dead letters'], ['STRING', 'UTF-8; the rest are dead letters']]} />
      <Choice label="Compression" name="compression" options={[['NONE', 'none'], 'GZIP', 'ZSTD']} />
      <Field label="Key template" hint="such as orders/!{yyyy}/!{MM}/!{dd}!{extension}; left empty, the usual one"><input name="template" maxLength={1024} /></Field>
    </FormDialog>
  )
}
