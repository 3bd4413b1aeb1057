using System.Text.RegularExpressions;
using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Consumers;
using Headrace.Streams;
using Headrace.Streams.Consumers;
using Headrace.Streams.Resources;

namespace Headrace.Server.Kinesis.Resources;

/// <summary>Which stream or consumer a ResourceARN means.</summary>
internal static partial class ResourceReference
{
    public static string? Read(MemberReader members)
    {
        var arn = members.String("ResourceARN", required: true, min: 1, max: 2048, pattern: ArnExpression());
        StreamReference.ReadId(members);
        return arn;
    }

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
