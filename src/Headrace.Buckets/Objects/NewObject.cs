namespace Headrace.Buckets.Objects;

/// <summary>What is to be kept with an object beside its bytes.</summary>
public sealed record NewObject
{
    public required string Bucket { get; init; }

    /// <summary>1 to 1024 bytes of UTF-8.</summary>
    public required string Key { get; init; }

    /// <summary>What to answer a reader with, by lower-case header name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who may use it, and until when it can't be deleted.</summary>
    public ObjectControls Controls { get; init; } = ObjectControls.None;

    /// <summary>The account that it belongs to; null for the bucket's owner.</summary>
    public string? Owner { get; init; }
}
