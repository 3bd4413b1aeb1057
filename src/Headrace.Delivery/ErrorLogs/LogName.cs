namespace Headrace.Delivery.ErrorLogs;

/// <summary>Names a log stream as CloudWatch Logs does. Immutable.</summary>
public sealed record LogName(string Group, string Stream)
{
    internal const string DefaultStream = "DestinationDelivery";

    /// <summary>Where a delivery stream's errors go: as it is configured, and otherwise as AWS's console would have it.</summary>
    public static LogName Of(DeliveryStream stream) => stream.Destination switch
    {
        { CloudWatchLogging: { Enabled: true, LogGroupName: { } group, LogStreamName: { } name } } => new LogName(group, name),
        { Channel: { } channel } => new LogName($"/aws/kinesis/{channel.Name}/{channel.Id}", DefaultStream),
        _ => new LogName($"/aws/kinesisfirehose/{stream.Name}", DefaultStream),
    };
}
