using Headrace.Delivery.Destinations;
using Headrace.Streams;

namespace Headrace.Delivery.Channels;

/// <summary>What AWS demands of a channel beyond its API's model, and what it fills in.</summary>
internal static class ChannelRules
{
    public const int DefaultFreshnessSeconds = 300;
    public const int MaxFreshnessSeconds = 900;

    private const string ErrorPrefix = "kinesis-channel/errors";
    private const string AwsKey = "alias/aws/kinesis";

    // AWS buffers to a size of its own choice.
    private const int BufferMegabytes = 128;

    /// <summary>The destination of a new channel.</summary>
    /// <param name="definition">What is asked for.</param>
    /// <param name="stream">The data stream.</param>
    /// <param name="id">The channel's id.</param>
    /// <param name="hasLimits">Whether AWS's limits hold.</param>
    /// <exception cref="DeliveryException">InvalidArgument or Validation.</exception>
    public static S3Destination DestinationOf(ChannelDefinition definition, DataStream stream, string id, bool hasLimits)
    {
        if (stream.Mode != StreamMode.OnDemand)
            throw new DeliveryException(DeliveryFault.Validation, $"CreateChannel is only supported for data streams with the on-demand capacity mode, which {stream.Name} has not.");
        CheckFreshness(definition.FreshnessSeconds, hasLimits);
        if (definition.KmsKey is { } key && (key == AwsKey || key.EndsWith(":" + AwsKey, StringComparison.Ordinal)))
            throw DeliveryException.InvalidArgument($"EncryptionConfiguration: the key {AwsKey} can't be used, only keys of your own.");
        var channel = new ChannelSettings
        {
            Id = id,
            Name = definition.Name,
            StreamCreatedAt = stream.CreatedAt,
            RecordFormat = definition.RecordFormat,
            SchemaArn = definition.SchemaArn,
            KeyTemplate = definition.KeyTemplate ?? KeyTemplate.Default,
        };
        KeyTemplate.Parse(channel.KeyTemplate, definition.Compression != CompressionFormat.Uncompressed).CheckLength(channel, stream.Name, definition.Compression);
        return new S3Destination
        {
            RoleArn = definition.RoleArn,
            BucketArn = definition.BucketArn,
            ExpectedOwner = definition.BucketOwner,
            StorageClass = definition.StorageClass ?? S3Destination.StandardStorage,
            BufferMegabytes = BufferMegabytes,
            BufferSeconds = definition.FreshnessSeconds ?? DefaultFreshnessSeconds,
            Compression = definition.Compression,
            KmsKeyArn = definition.KmsKey,
            CloudWatchLogging = LoggingOf(definition.Logging, channel),
            Channel = channel,
            Backup = new S3Destination
            {
                RoleArn = definition.RoleArn,
                BucketArn = definition.DeadLetters?.BucketArn ?? definition.BucketArn,
                ExpectedOwner = definition.DeadLetters?.Owner ?? definition.BucketOwner,
                ErrorOutputPrefix = definition.DeadLetters?.Prefix ?? $"{ErrorPrefix}/{channel.Name}/{channel.Id}/",
                BufferMegabytes = BufferMegabytes,
                BufferSeconds = definition.FreshnessSeconds ?? DefaultFreshnessSeconds,
                KmsKeyArn = definition.KmsKey,
            },
        };
    }

    /// <summary>What becomes of a channel's destination by an update.</summary>
    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static S3Destination Updated(S3Destination before, int? freshnessSeconds, CloudWatchLogging? logging, bool hasLimits)
    {
        CheckFreshness(freshnessSeconds, hasLimits);
        var seconds = freshnessSeconds ?? before.BufferSeconds;
        return before with
        {
            BufferSeconds = seconds,
            Backup = before.Backup! with { BufferSeconds = seconds },
            CloudWatchLogging = logging is null ? before.CloudWatchLogging : LoggingOf(logging, before.Channel!),
        };
    }

    private static void CheckFreshness(int? seconds, bool hasLimits)
    {
        // Here records may be delivered sooner than AWS's five minutes.
        var min = hasLimits ? DefaultFreshnessSeconds : 0;
        if (seconds < min || seconds > MaxFreshnessSeconds)
            throw DeliveryException.InvalidArgument($"DataFreshnessInSeconds must be between {min} and {MaxFreshnessSeconds}.");
    }

    private static CloudWatchLogging LoggingOf(CloudWatchLogging? given, ChannelSettings channel) => given is not { Enabled: true }
        ? new CloudWatchLogging(false, null, null)
        : new CloudWatchLogging(true, given.LogGroupName ?? $"/aws/kinesis/{channel.Name}/{channel.Id}", given.LogStreamName ?? ErrorLogs.LogName.DefaultStream);
}
