import { useState } from 'preact/hooks'
import { aws } from '../api'
import { Choice, Field, FormDialog } from '../parts/dialog'
import { settledChannel, type ChannelDescription } from './api'
import { Freshness } from './fields'

interface Props {
  description: ChannelDescription
  onChanged: (description: ChannelDescription) => void
  onClose: () => void
}

/** Changes what UpdateChannel can: how long records wait, and the log of what goes wrong. */
export function ChangeChannel({ description, onChanged, onClose }: Props) {
  const { ChannelName: name, ChannelARN: arn, LoggingConfiguration: logging, S3DestinationConfiguration: destination } = description
  const now = logging?.CloudWatchLogs ?? { Enabled: false }
  const [isLogged, setLogged] = useState(now.Enabled ?? false)
  const change = async (fields: FormData) => {
    const [group, stream] = [String(fields.get('group') ?? ''), String(fields.get('stream') ?? '')]
    const freshness = Number(fields.get('freshness'))
    const hasOtherLog = isLogged !== now.Enabled || (isLogged && (group !== now.LogGroupName || stream !== now.LogStreamName))
    const hasOtherFreshness = freshness !== destination?.DataFreshnessInSeconds
    if (!hasOtherLog && !hasOtherFreshness) return
    await aws('kinesis', 'UpdateChannel', {
      ChannelARN: arn,
      ...(hasOtherFreshness && { S3DestinationConfiguration: { DataFreshnessInSeconds: freshness } }),
      ...(hasOtherLog && { LoggingConfiguration: { CloudWatchLogs: { Enabled: isLogged, ...(group && { LogGroupName: group }), ...(stream && { LogStreamName: stream }) } } }),
    })
    onChanged(await settledChannel(arn))
  }
  return (
    <FormDialog title={`Change ${name}`} act="Change the channel" onSubmit={change} onClose={onClose}>
      <Freshness seconds={destination?.DataFreshnessInSeconds ?? 300} />
      <Choice label="CloudWatch Logs" name="logs" hint="when off, errors go to the usual log" value={isLogged ? 'on' : 'off'} options={['off', 'on']} onChange={(value) => setLogged(value === 'on')} />
      {isLogged && (
        <>
          <Field label="Log group" hint="left empty, the usual one"><input name="group" maxLength={512} defaultValue={now.LogGroupName ?? ''} /></Field>
          <Field label="Log stream" hint="left empty, the usual one"><input name="stream" maxLength={512} defaultValue={now.LogStreamName ?? ''} /></Field>
        </>
      )}
    </FormDialog>
  )
}
