using Headrace.Buckets;
using Headrace.Buckets.Versions;
using Headrace.Server.AwsJson;
using Headrace.Server.S3.Payload;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3;

/// <summary>One request to S3: who asks, for which bucket and key, with which body.</summary>
internal sealed class S3Request(HttpContext http, Caller caller, S3Address address, RequestPayload payload)
{
    public HttpContext Http { get; } = http;

    public Caller Caller { get; } = caller;

    /// <summary>Empty when the request is for the service itself.</summary>
    public string Bucket { get; } = address.Bucket;

    /// <summary>Empty when the request is for a bucket.</summary>
    public string Key { get; } = address.Key;

    /// <summary>The bucket; only operations on one may ask for it.</summary>
    public Bucket Target { get; set; } = null!;

    /// <summary>The version that is asked for; null for the key's newest one.</summary>
    /// <exception cref="S3Exception">InvalidArgument: no version can have that name.</exception>
    public string? VersionId
    {
        get
        {
            if (Query("versionId") is not { } id)
                return null;
            if (id.Length == 0)
                throw S3Exception.InvalidArgument("versionId", id, "Version id cannot be the empty string");
            var possible = Target.Versioning == VersioningState.Unversioned ? id == Headrace.Buckets.Versions.VersionId.Null : Headrace.Buckets.Versions.VersionId.IsValid(id);
            return possible ? id : throw S3Exception.InvalidArgument("versionId", id, "Invalid version id specified");
        }
    }

    public RequestPayload Payload { get; } = payload;

    public CancellationToken Aborted => Http.RequestAborted;

    public IHeaderDictionary ResponseHeaders => Http.Response.Headers;

    /// <summary>A header's value; null when it is missing or empty.</summary>
    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A query parameter's value, which may be empty; null when it is missing.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>An integer parameter between 0 and <paramref name="max"/>; larger ones count as that, as they do at S3.</summary>
    public int Number(string name, int max)
    {
        if (Query(name) is not { Length: > 0 } text)
            return max;
        if (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
            throw S3Exception.InvalidArgument(name, text, $"Provided {name} not an integer or within integer range");
        if (number < 0)
            throw S3Exception.InvalidArgument(name, text, $"Argument {name} must be an integer between 0 and 2147483647");
        return Math.Min(number, max);
    }

    /// <summary>The same request as if it were for another object.</summary>
    public S3Request For(Bucket bucket, string key) => new(Http, Caller, new S3Address(bucket.Name, key), Payload) { Target = bucket };

    /// <summary>The same request as if it were for a key of its bucket, and by another caller.</summary>
    public S3Request For(string key, Caller caller) => new(Http, caller, new S3Address(Bucket, key), Payload) { Target = Target };

    public void RespondEmpty(int status) => Http.Response.StatusCode = status;
}
