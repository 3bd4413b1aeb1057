namespace Headrace.Delivery.Endpoints;

/// <summary>What a request says of a web service; null is unsaid. Its address comes with its name and key, or not at all. Immutable.</summary>
public sealed record HttpEndpointSettings
{
    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? AccessKey { get; init; }

    public string? ContentEncoding { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Attributes { get; init; }

    public int? RetrySeconds { get; init; }
}
