using System.Text.RegularExpressions;
using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Channels;
using Headrace.Server.Kinesis.Consumers;
using Headrace.Streams;
using Headrace.Streams.Consumers;
using Headrace.Streams.Resources;

namespace Headrace.Server.Kinesis.Resources;

/// <summary>Which stream or consumer a ResourceARN means.</summary>
internal static partial class ResourceReference
{
    /// <param name="members">The request.</param>
    /// <param name="orChannel">Whether it may be a channel too.</param>
    public static string? Read(MemberReader members, bool orChannel = false)
    {
        var isChannel = orChannel && IsChannel(members.String("ResourceARN"));
        var arn = members.String("ResourceARN", required: true, min: 1, max: 2048, pattern: isChannel ? null : ArnExpression());
        StreamReference.ReadId(members);
        return arn;
    }

    public static bool IsChannel(string? arn) => arn is not null && ChannelMembers.ArnPattern.IsMatch(arn);

    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public static StreamResource Resolve(AwsJsonRequest request, string arn, StreamCatalog streams)
    {
        if (ConsumerArn.TryParse(arn, out _))
        {
            var consumer = ConsumerReference.Find(request, arn, streams);
            return new StreamResource(consumer.Stream, consumer);
        }
        if (!StreamReference.ArnPattern.IsMatch(arn))
            throw new WireException(400, "ResourceNotFoundException", $"Resource {arn} not found.");
        var stream = StreamReference.Resolve(request, (null, arn));
        return new StreamResource(streams.Get(stream.Scope, stream.Name));
    }

    [GeneratedRegex(@"\A(?:arn:aws.*:kinesis:.*:\d{12}:.*stream/\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArnExpression();
}
