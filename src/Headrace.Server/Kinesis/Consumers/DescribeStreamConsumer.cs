using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Consumers;

internal sealed class DescribeStreamConsumer(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DescribeStreamConsumer);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var reference = ConsumerReference.Read(members);
        members.ThrowIfInvalid();

        var consumer = reference.Resolve(request, streams);
        await request.RespondAsync(writer =>
        {
            writer.WriteStartObject("ConsumerDescription");
            writer.WriteConsumer(consumer);
            writer.WriteString("StreamARN", consumer.Stream.Arn);
            writer.WriteEndObject();
        });
    }
}
