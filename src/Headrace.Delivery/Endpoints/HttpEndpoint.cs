namespace Headrace.Delivery.Endpoints;

/// <summary>The web service that records are sent to. Immutable.</summary>
public sealed record HttpEndpoint
{
    public const int DefaultRetrySeconds = 300;

    public required string Url { get; init; }

    public string? Name { get; init; }

    /// <summary>Sent with every request, and never shown.</summary>
    public string? AccessKey { get; init; }

    /// <summary>What was said of requests: whether their bodies are packed with GZIP; null where nothing was said.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Sent with every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    /// <summary>How long a request is repeated before its records go to the backup bucket: 0 to 7200 seconds.</summary>
    public int RetrySeconds { get; init; } = DefaultRetrySeconds;

    /// <summary>What holds after a request said <paramref name="settings"/>; what it leaves unsaid stays.</summary>
    internal static HttpEndpoint? After(HttpEndpoint? before, HttpEndpointSettings? settings)
    {
        if (settings is null)
            return before;
        var endpoint = before ?? new HttpEndpoint { Url = settings.Url! };
        return endpoint with
        {
            Url = settings.Url ?? endpoint.Url,
            Name = settings.Url is null ? endpoint.Name : settings.Name,
            AccessKey = settings.Url is null ? endpoint.AccessKey : settings.AccessKey,
            ContentEncoding = settings.ContentEncoding ?? endpoint.ContentEncoding,
            Attributes = settings.Attributes ?? endpoint.Attributes,
            RetrySeconds = settings.RetrySeconds ?? endpoint.RetrySeconds,
        };
    }
}
