namespace Headrace.Server.Signing;

/// <summary>What the signature of a request claims: read, not verified.</summary>
internal sealed record SignatureClaim
{
    public required string AccessKeyId { get; init; }

    /// <summary>The scope's day, YYYYMMDD.</summary>
    public required string Date { get; init; }

    public required string Region { get; init; }

    public required string Service { get; init; }

    /// <summary>Lower-case names in the order in which they were signed.</summary>
    public required IReadOnlyList<string> SignedHeaders { get; init; }

    public required string Signature { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>Whether the signature stands in the query.</summary>
    public required bool IsPresigned { get; init; }

    /// <summary>How long a presigned request may be used; null where it doesn't say.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Such as <c>20130524/us-east-1/s3/aws4_request</c>.</summary>
    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>Such as <c>20130524T000000Z</c>.</summary>
    public string Timestamp => SigningTime.Format(SignedAt);
}
