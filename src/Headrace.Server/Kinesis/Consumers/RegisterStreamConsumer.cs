using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Consumers;

internal sealed class RegisterStreamConsumer(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(RegisterStreamConsumer);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = StreamReference.ReadArn(members, required: true);
        var name = members.String("ConsumerName", required: true, min: 1, max: 128, pattern: StreamReference.NamePattern);
        var tags = members.Map("Tags", min: 1, max: 200);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, (null, arn));
        var consumer = await streams.RegisterConsumerAsync(stream.Scope, stream.Name, name!, tags ?? [], request.Aborted);
        await request.RespondAsync(writer =>
        {
            writer.WriteStartObject("Consumer");
            writer.WriteConsumer(consumer);
            writer.WriteEndObject();
        });
    }
}
