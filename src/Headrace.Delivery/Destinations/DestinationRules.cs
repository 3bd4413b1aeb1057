using Headrace.Delivery.Conversion;
using Headrace.Delivery.Naming;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Destinations;

/// <summary>What AWS demands of an S3 destination beyond its API's model, and its words for it.</summary>
internal static class DestinationRules
{
    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void Check(S3Destination destination)
    {
        _ = destination.Zone;
        if (destination.Endpoint is { } endpoint && !Uri.IsWellFormedUriString(endpoint.Url, UriKind.Absolute))
            throw DeliveryException.InvalidArgument($"The endpoint's Url {endpoint.Url} is not valid.");
        if (destination.Endpoint?.Attributes.CountBy(attribute => attribute.Key).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw DeliveryException.InvalidArgument($"Http Endpoint Common Attributes have duplicate name {twice}");
        CheckLogging(destination);
        PrefixRules.Check(destination);
        ConversionRules.Check(destination);
        CheckPartitioning(destination);
        ProcessorRules.Check(destination);
        if (destination.BacksUp && destination.Backup is null)
            throw DeliveryException.InvalidArgument("S3 backup destination configuration is required when enabling S3 backup.");
        if (destination.Backup is { } backup)
            Check(backup);
    }

    /// <summary>Checks that a destination may become another: partitioning is for life, and what comes packed is not begun to be unpacked.</summary>
    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void CheckChange(S3Destination before, S3Destination after)
    {
        if (before.Endpoint is null != after.Endpoint is null)
            throw DeliveryException.InvalidArgument("Changing the destination type to or from HttpEndpoint is not supported at this time.");
        if (before.IsPartitioned != after.IsPartitioned)
            throw DeliveryException.InvalidArgument($"Dynamic Partitioning can't be {(after.IsPartitioned ? "enabled" : "disabled")} on an existing delivery stream.");
        var decompresses = after.Processing?.Find(ProcessorType.Decompression) is not null;
        if (decompresses && before.Processing?.Find(ProcessorType.Decompression) is null && before.Processing?.Find(ProcessorType.Lambda) is null)
            throw DeliveryException.InvalidArgument("Enabling source decompression is not supported for existing stream with no Lambda function attached.");
    }

    /// <summary>Checks that functions can be invoked where one is to process records.</summary>
    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void CheckFunctions(S3Destination destination, bool areThere)
    {
        if (!areThere && destination.Processing?.Find(ProcessorType.Lambda) is not null)
            throw DeliveryException.InvalidArgument("ProcessingConfiguration: the Lambda processor is not supported, as the server was started without --lambda-endpoint.");
    }

    /// <summary>Checks that the operator has given the server the program that is to process records.</summary>
    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void CheckPrograms(S3Destination destination, IEnumerable<string> known)
    {
        if (destination.Processing?.Find(ProcessorType.Exec)?[ProcessorParameters.ProgramName] is { } name && !known.Contains(name))
            throw DeliveryException.InvalidArgument($"ProcessingConfiguration: the server knows no program {name}.");
    }

    private static void CheckLogging(S3Destination destination)
    {
        if (destination.CloudWatchLogging is not { Enabled: true } logging)
            return;
        if (string.IsNullOrEmpty(logging.LogGroupName))
            throw DeliveryException.InvalidArgument("CloudWatch Log Group Name is required if CloudWatch Logging is enabled");
        if (string.IsNullOrEmpty(logging.LogStreamName))
            throw DeliveryException.InvalidArgument("CloudWatch Log Stream Name is required if CloudWatch Logging is enabled");
    }

    private static void CheckPartitioning(S3Destination destination)
    {
        var prefix = PrefixTemplate.Parse(destination.Prefix ?? "", "Prefix");
        if (!destination.IsPartitioned)
        {
            if (prefix.UsesPartitionKeys)
                throw DeliveryException.InvalidArgument("Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is enabled.");
            return;
        }
        if (!prefix.UsesPartitionKeys)
            throw DeliveryException.InvalidArgument("S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled");
        if (destination.BufferMegabytes < S3Destination.MinLargeBufferMegabytes)
            throw DeliveryException.InvalidArgument($"BufferingHints.SizeInMBs must be at least {S3Destination.MinLargeBufferMegabytes} when Dynamic Partitioning is enabled.");
        if (destination.BufferSeconds == 0)
            throw DeliveryException.InvalidArgument("BufferingHints.IntervalInSeconds must be at least 1 when Dynamic Partitioning is enabled.");
        if (destination.Processing is not { Enabled: true } processing)
            throw DeliveryException.InvalidArgument("Processing Configuration is not enabled when DataPartitioning is enabled");
        if (prefix.Uses(PrefixPartKind.PartitionKeyFromQuery) && processing.Find(ProcessorType.MetadataExtraction) is null)
            throw DeliveryException.InvalidArgument("MetadataExtraction processor should be present when S3 Prefix has partitionKeyFromQuery namespace.");
        if (prefix.Uses(PrefixPartKind.PartitionKeyFromLambda) && processing.Find(ProcessorType.Lambda) is null)
            throw DeliveryException.InvalidArgument("Lambda processor should be present when S3 Prefix has partitionKeyFromLambda namespace.");
    }
}
