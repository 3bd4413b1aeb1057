namespace Headrace.Delivery.Conversion;

/// <summary>The Hive reader's settings. Immutable.</summary>
public sealed record HiveJsonSerDe
{
    public IReadOnlyList<string>? TimestampFormats { get; init; }
}
