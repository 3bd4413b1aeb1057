namespace Headrace.Client.Firehose;

/// <summary>How records are read: one of these.</summary>
public sealed record Deserializer
{
    /// <summary>The OpenX reader of JSON.</summary>
    public OpenXJsonSerDe? OpenXJsonSerDe { get; init; }

    /// <summary>Hive's reader of JSON.</summary>
    public HiveJsonSerDe? HiveJsonSerDe { get; init; }
}
