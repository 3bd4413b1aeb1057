import { aws } from '../api'

/** What DescribeChannel says, as far as a page looks at it. */
export interface ChannelDescription {
  ChannelName: string
  ChannelARN: string
  ChannelId: string
  ChannelStatus: string
  S3DestinationConfiguration?: { DataFreshnessInSeconds: number }
  LoggingConfiguration?: { CloudWatchLogs?: { Enabled?: boolean; LogGroupName?: string; LogStreamName?: string } }
}

/** Describes a channel once it has taken in what was changed. */
export async function settledChannel(arn: string): Promise<ChannelDescription> {
  for (;;) {
    const { ChannelDescription: description } = await aws<{ ChannelDescription: ChannelDescription }>('kinesis', 'DescribeChannel', { ChannelARN: arn })
    if (description.ChannelStatus !== 'UPDATING') return description
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** Where its errors go: as it is configured, and otherwise as the server names it. */
export function logOf({ ChannelName, ChannelId, LoggingConfiguration }: ChannelDescription): { group: string; stream: string } {
  const logs = LoggingConfiguration?.CloudWatchLogs
  return { group: logs?.LogGroupName ?? `/aws/kinesis/${ChannelName}/${ChannelId}`, stream: logs?.LogStreamName ?? 'DestinationDelivery' }
}
