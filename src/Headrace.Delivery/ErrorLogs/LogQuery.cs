namespace Headrace.Delivery.ErrorLogs;

/// <summary>Which lines of a log group are asked for. Immutable.</summary>
public sealed record LogQuery
{
    /// <summary>Of these log streams; null for all.</summary>
    public Func<string, bool>? Stream { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Before.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Only lines that hold all of these.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
