using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the destination that is a collector of Splunk.</summary>
internal static class SplunkMembers
{
    private const int MaxText = 2048;

    public static void Read(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return;
        given.String("HECEndpoint", required: !isUpdate, max: MaxText, pattern: FirehosePatterns.AnyLine);
        given.String("HECEndpointType", required: !isUpdate, oneOf: ["Raw", "Event"]);
        given.String("HECToken", max: MaxText, pattern: FirehosePatterns.AnyLine);
        given.Integer("HECAcknowledgmentTimeoutInSeconds", min: 180, max: 600);
        SharedMembers.ReadRetries(given);
        given.String("S3BackupMode", oneOf: ["FailedEventsOnly", "AllEvents"]);
        SharedMembers.ReadBucket(given, isUpdate);
        SharedMembers.ReadProcessing(given);
        SharedMembers.ReadHints(given, maxMegabytes: 5, maxSeconds: 60, isTimeFirst: true);
        SecretMembers.Read(given);
    }
}
