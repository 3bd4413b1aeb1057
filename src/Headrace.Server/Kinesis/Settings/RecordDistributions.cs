using Headrace.Server.AwsJson;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis.Settings;

/// <summary>Record distribution strategies by their names on the wire.</summary>
internal static class RecordDistributions
{
    private const string Auto = "AUTO";
    private const string UserPartitionKey = "USER_PARTITION_KEY";
    private static readonly string[] Names = [Auto, UserPartitionKey];

    /// <summary>The strategy named; null where the member is missing, which is a fault noted if it is required.</summary>
    public static RecordDistribution? Read(MemberReader members, bool required = false) =>
        members.String("RecordDistributionStrategy", required, oneOf: Names) switch
        {
            null => null,
            Auto => RecordDistribution.Auto,
            _ => RecordDistribution.UserPartitionKey,
        };

    public static string WireName(this RecordDistribution distribution) => distribution == RecordDistribution.Auto ? Auto : UserPartitionKey;
}
