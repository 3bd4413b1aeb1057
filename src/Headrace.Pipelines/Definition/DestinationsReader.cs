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
        var (stream, delivery, bucket) = (section.Text("stream"), section.Text("delivery-stream"), section.Text("bucket"));
        var wait = section.Duration("max-wait");
        var key = section.Text("partition-key");
        if (key is not null)
            ExpressionCheck.Check(section.Find("partition-key")!, key, section.Errors);
        if (delivery is not null && key is not null)
            section.Errors.Add(section.Find("partition-key")!, "a delivery stream has no partition keys");
        if (bucket is not null && key is not null)
            section.Errors.Add(section.Find("partition-key")!, "a bucket has no partition keys");
        if (bucket is null && wait is not null)
            section.Errors.Add(section.Find("max-wait")!, "only a bucket's objects wait for more records");
        if (new[] { stream, delivery, bucket }.Count(place => place is not null) != 1)
            section.Errors.Add(section.Node, $"destination '{name}' must name either a stream, a delivery-stream or a bucket");
        var address = Bucket(section, bucket);
        section.EndOfKeys();
        var destination = new PipelineDestination(name) { Stream = stream, DeliveryStream = delivery, Bucket = address, PartitionKey = key };
        return wait is { } longest ? destination with { LongestWait = longest } : destination;
    }

    /// <summary>What a <c>bucket:</c> names; an error is noted where it names none.</summary>
    public static BucketAddress? Bucket(YamlSection section, string? text)
    {
        if (text is null)
            return null;
        if (BucketAddress.TryParse(text, out var address))
            return address;
        section.Errors.Add(section.Find("bucket")!, $"'bucket' must be s3://BUCKET/PREFIX, not '{text}'");
        return null;
    }
}
