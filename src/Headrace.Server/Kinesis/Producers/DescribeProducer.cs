using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Producers;

/// <summary>Headrace's own: where a numbering producer stands on a stream. AWS answers UnknownOperationException.</summary>
internal sealed class DescribeProducer(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DescribeProducer);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var name = members.String("ProducerName", required: true, min: 1, max: 128, pattern: ProducerHeaders.NamePattern);
        members.ThrowIfInvalid();

        var reference = StreamReference.Resolve(request, given);
        var standing = await streams.GetServing(reference.Scope, reference.Name).FindProducerAsync(name!);
        await request.RespondAsync(writer =>
        {
            writer.WriteString("ProducerName", name);
            if (standing is null)
                return;
            writer.WriteNumber("Number", standing.Number);
            if (standing.Position is not null)
                writer.WriteString("Position", standing.Position);
        });
    }
}
