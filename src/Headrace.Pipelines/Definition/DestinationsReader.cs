using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Reads <c>destinations:</c>, names with what they stand for.</summary>
internal static class DestinationsReader
{
    public static IReadOnlyList<PipelineDestination> Read(YamlSection root, YamlNode node)
    {
        if (root.Section(node, "destinations") is not { } section)
            return [];
        var destinations = new List<PipelineDestination>();
        foreach (var (key, value) in section.Members)
        {
            section.Find(key.Value!);
            if (section.Section(value, key.Value!) is { } one)
                destinations.Add(Destination(one, key.Value!));
        }
        if (destinations.Count == 0)
            section.Errors.Add(node, "'destinations' is empty");
        section.EndOfKeys();
        return destinations;
    }

    private static PipelineDestination Destination(YamlSection section, string name)
    {
        var (stream, delivery) = (section.Text("stream"), section.Text("delivery-stream"));
        var key = section.Text("partition-key");
        if (key is not null)
            ExpressionCheck.Check(section.Find("partition-key")!, key, section.Errors);
        if (delivery is not null && key is not null)
            section.Errors.Add(section.Find("partition-key")!, "a delivery stream has no partition keys");
        if (stream is null == delivery is null)
            section.Errors.Add(section.Node, $"destination '{name}' must name either a stream or a delivery-stream");
        section.EndOfKeys();
        return new PipelineDestination(name) { Stream = stream, DeliveryStream = delivery, PartitionKey = key };
    }
}
