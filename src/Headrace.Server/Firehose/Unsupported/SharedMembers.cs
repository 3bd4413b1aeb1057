using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads members that several of the destinations have.</summary>
internal static class SharedMembers
{
    private const int MaxRetrySeconds = 7200;

    public static void ReadRole(MemberReader destination, bool isRequired) =>
        destination.String("RoleARN", required: isRequired, min: 1, max: 512, pattern: FirehosePatterns.RoleArn);

    /// <param name="destination">Where they are.</param>
    /// <param name="maxMegabytes">The most that may be buffered.</param>
    /// <param name="maxSeconds">For how long.</param>
    /// <param name="isTimeFirst">True where the model has the time before the size, and so AWS tells of it first.</param>
    public static void ReadHints(MemberReader destination, int maxMegabytes, int maxSeconds = 900, bool isTimeFirst = false)
    {
        var hints = destination.Structure("BufferingHints");
        if (isTimeFirst)
            hints?.Integer("IntervalInSeconds", min: 0, max: maxSeconds);
        hints?.Integer("SizeInMBs", min: 1, max: maxMegabytes);
        if (!isTimeFirst)
            hints?.Integer("IntervalInSeconds", min: 0, max: maxSeconds);
    }

    public static void ReadRetries(MemberReader destination) =>
        destination.Structure("RetryOptions")?.Integer("DurationInSeconds", min: 0, max: MaxRetrySeconds);

    /// <summary>Processors and logging.</summary>
    public static void ReadProcessing(MemberReader destination)
    {
        ProcessingMembers.Read(destination.Structure("ProcessingConfiguration"));
        LoggingMembers.Read(destination);
    }

    /// <summary>The bucket for what can't be delivered, or that records pass through.</summary>
    public static void ReadBucket(MemberReader destination, bool isUpdate) =>
        S3DestinationMembers.Read(destination.Structure(isUpdate ? "S3Update" : "S3Configuration", required: !isUpdate), isUpdate, isExtended: false);
}
