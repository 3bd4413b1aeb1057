namespace Headrace.Server.Faults;

/// <summary>The operations of a service, and the errors that they can be made to end with.</summary>
internal sealed class RehearsableService
{
    /// <summary>Kinesis Data Streams.</summary>
    public static readonly RehearsableService Kinesis = new()
    {
        Name = "Kinesis",
        BatchOperation = "PutRecords",
        RecordErrors = ["ProvisionedThroughputExceededException", "InternalFailure"],
        Operations =
        [
            "AddTagsToStream",
            "CreateChannel",
            "CreateStream",
            "DecreaseStreamRetentionPeriod",
            "DeleteChannel",
            "DeleteResourcePolicy",
            "DeleteStream",
            "DeregisterStreamConsumer",
            "DescribeAccountSettings",
            "DescribeChannel",
            "DescribeLimits",
            "DescribeProducer",
            "DescribeStream",
            "DescribeStreamConsumer",
            "DescribeStreamSummary",
            "DisableEnhancedMonitoring",
            "EnableEnhancedMonitoring",
            "GetRecords",
            "GetResourcePolicy",
            "GetShardIterator",
            "IncreaseStreamRetentionPeriod",
            "ListChannels",
            "ListShards",
            "ListStreamConsumers",
            "ListStreams",
            "ListTagsForResource",
            "ListTagsForStream",
            "MergeShards",
            "PutRecord",
            "PutRecords",
            "PutResourcePolicy",
            "RegisterStreamConsumer",
            "RemoveTagsFromStream",
            "SplitShard",
            "StartStreamEncryption",
            "StopStreamEncryption",
            "SubscribeToShard",
            "TagResource",
            "UntagResource",
            "UpdateAccountSettings",
            "UpdateChannel",
            "UpdateMaxRecordSize",
            "UpdateShardCount",
            "UpdateStreamMode",
            "UpdateStreamRecordDistributionStrategy",
            "UpdateStreamWarmThroughput",
        ],
        Errors = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["ProvisionedThroughputExceededException"] = 400,
            ["InternalFailure"] = 500,
            ["InternalFailureException"] = 500,
            ["ServiceUnavailable"] = 503,
            ["LimitExceededException"] = 400,
            ["ThrottlingException"] = 400,
            ["KMSThrottlingException"] = 400,
            ["KMSAccessDeniedException"] = 400,
            ["KMSDisabledException"] = 400,
            ["KMSInvalidStateException"] = 400,
            ["KMSNotFoundException"] = 400,
            ["KMSOptInRequired"] = 400,
            ["ExpiredIteratorException"] = 400,
            ["ExpiredNextTokenException"] = 400,
            ["ResourceInUseException"] = 400,
            ["ResourceNotFoundException"] = 400,
            ["AccessDeniedException"] = 400,
            ["InvalidArgumentException"] = 400,
        },
    };

    /// <summary>Data Firehose.</summary>
    public static readonly RehearsableService Firehose = new()
    {
        Name = "Firehose",
        BatchOperation = "PutRecordBatch",
        RecordErrors = ["ServiceUnavailableException", "InternalFailure"],
        Operations =
        [
            "CreateDeliveryStream",
            "DeleteDeliveryStream",
            "DescribeDeliveryStream",
            "ListDeliveryStreams",
            "ListTagsForDeliveryStream",
            "PutRecord",
            "PutRecordBatch",
            "StartDeliveryStreamEncryption",
            "StopDeliveryStreamEncryption",
            "TagDeliveryStream",
            "UntagDeliveryStream",
            "UpdateDestination",
        ],
        Errors = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["ServiceUnavailableException"] = 503,
            ["InternalFailure"] = 500,
            ["LimitExceededException"] = 400,
            ["ThrottlingException"] = 400,
            ["InvalidKMSResourceException"] = 400,
            ["InvalidSourceException"] = 400,
            ["ConcurrentModificationException"] = 400,
            ["ResourceInUseException"] = 400,
            ["ResourceNotFoundException"] = 400,
            ["AccessDeniedException"] = 400,
            ["InvalidArgumentException"] = 400,
        },
    };

    public static readonly IReadOnlyList<RehearsableService> All = [Kinesis, Firehose];

    public required string Name { get; init; }

    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>Errors and their HTTP status.</summary>
    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>The operation that puts many records, each of which can fail by itself.</summary>
    public required string BatchOperation { get; init; }

    /// <summary>The errors of such a record.</summary>
    public required IReadOnlyList<string> RecordErrors { get; init; }

    public static RehearsableService? Named(string name) => All.FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));

    public bool Knows(string error) => error is FaultRule.OnlyDelay or FaultRule.LostAnswer || Errors.ContainsKey(error);

    public bool IsByRecord(string operation, string error) => operation == BatchOperation && RecordErrors.Contains(error);
}
