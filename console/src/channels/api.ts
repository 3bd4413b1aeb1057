import { aws } from '../api'

/** What DescribeChannel says, as far as a page looks at it. */
export interface ChannelDescription {
  ChannelName: string
  ChannelARN: string
  ChannelId: string
  ChannelStatus: string
  LoggingConfiguration?: { CloudWatchLogs?: { Enabled?: boolean; LogGroupName?: string; LogStreamName?: string } }
}

export async function describeChannel(arn: string): Promise<ChannelDescription> {
  return (await aws<{ ChannelDescription: ChannelDescription }>('kinesis', 'DescribeChannel', { ChannelARN: arn })).ChannelDescription
}

/** Where its errors go: as it is configured, and otherwise as the server names it. */
export function logOf({ ChannelName, ChannelId, LoggingConfiguration }: ChannelDescription): { group: string; stream: string } {
  const logs = LoggingConfiguration?.CloudWatchLogs
  return { group: logs?.LogGroupName ?? `/aws/kinesis/${ChannelName}/${ChannelId}`, stream: logs?.LogStreamName ?? 'DestinationDelivery' }
}
