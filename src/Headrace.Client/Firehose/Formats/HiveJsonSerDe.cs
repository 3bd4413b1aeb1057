namespace Headrace.Client.Firehose;

/// <summary>Hive's reader of JSON.</summary>
public sealed record HiveJsonSerDe
{
    /// <summary>Patterns of times.</summary>
    public IReadOnlyList<string>? TimestampFormats { get; init; }
}
