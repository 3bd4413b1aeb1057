namespace Headrace.Cli.Serve.Stores;

/// <summary>Where a store's buckets are, and as whom they are written to; null where nothing was said. Immutable.</summary>
internal sealed record StoreSettings
{
    /// <summary>Its address; null for Amazon S3.</summary>
    public string? Endpoint { get; init; }

    public string? Region { get; init; }

    /// <summary>A profile of the AWS configuration files; null for the standard chain.</summary>
    public string? Profile { get; init; }
}
