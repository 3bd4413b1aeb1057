namespace Headrace.Pipelines;

/// <summary>Reads <c>checkpoints:</c>, where a group keeps its progress and who works on what.</summary>
internal static class CheckpointsReader
{
    private static readonly TimeSpan ShortestFailover = TimeSpan.FromSeconds(1);

    /// <returns>The store as <c>--checkpoint</c> writes it, and the failover time; null where they are not given.</returns>
    public static (string? Store, TimeSpan? FailoverTime) Read(YamlSection section)
    {
        var (file, bucket, table) = (section.Text("file"), section.Text("bucket"), section.Text("dynamodb"));
        var failover = section.Duration("failover-time");
        section.EndOfKeys();
        if (new[] { file, bucket, table }.Count(place => place is not null) > 1)
            section.Errors.Add(section.Node, "'checkpoints' must name one of file, bucket and dynamodb");
        DestinationsReader.Bucket(section, bucket);
        if (failover < ShortestFailover)
            section.Errors.Add(section.Find("failover-time")!, "'failover-time' must be at least 1s");
        var store = file is not null ? $"file:{file}" : table is not null ? $"dynamodb:{table}" : bucket;
        return (store, failover);
    }
}
