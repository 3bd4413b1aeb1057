using System.Text.RegularExpressions;
using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Consumers;
using Headrace.Streams.Resources;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>Which consumer a request means: by ConsumerARN, or by ConsumerName and StreamARN.</summary>
internal sealed partial record ConsumerReference(string? Arn, string? Name, string? StreamArn)
{
    public static readonly Regex ArnPattern = ArnExpression();

    /// <summary>Reads the members; call <see cref="Resolve"/> after the request was found valid.</summary>
    public static ConsumerReference Read(MemberReader members)
    {
        var streamArn = StreamReference.ReadArn(members);
        var name = members.String("ConsumerName", min: 1, max: 128, pattern: StreamReference.NamePattern);
        return new ConsumerReference(ReadArn(members), name, streamArn);
    }

    public static string? ReadArn(MemberReader members, bool required = false) =>
        members.String("ConsumerARN", required, min: 1, max: 2048, pattern: ArnPattern);

    /// <exception cref="WireException">InvalidArgumentException: too little is given, or what is given differs.</exception>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public StreamConsumer Resolve(AwsJsonRequest request, StreamCatalog streams)
    {
        if (Arn is null)
        {
            if (Name is null || StreamArn is null)
                throw new WireException(400, "InvalidArgumentException", "Either ConsumerARN or both StreamARN and ConsumerName must be specified.");
            var stream = StreamReference.Resolve(request, (null, StreamArn));
            return streams.GetConsumer(stream.Scope, stream.Name, Name);
        }
        var consumer = Find(request, Arn, streams);
        if ((Name is not null && Name != consumer.Name) || (StreamArn is not null && StreamArn != consumer.Stream.Arn))
            throw new WireException(400, "InvalidArgumentException", $"ConsumerARN {Arn} does not match the given StreamARN or ConsumerName.");
        return consumer;
    }

    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public static StreamConsumer Find(AwsJsonRequest request, string arn, StreamCatalog streams)
    {
        if (!ConsumerArn.TryParse(arn, out var parsed))
            throw new WireException(400, "ResourceNotFoundException", $"Consumer {arn} not found.");
        var consumer = streams.GetConsumer(parsed);
        request.RequireAccess(new StreamResource(consumer.Stream, consumer));
        return consumer;
    }

    [GeneratedRegex(@"\A(?:^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArnExpression();
}
