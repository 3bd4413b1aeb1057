namespace Headrace.Client.Kinesis;

/// <summary>A tag.</summary>
public sealed record Tag
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The value.</summary>
    public string? Value { get; init; }
}
