namespace Headrace.Server.S3;

/// <summary>A failure as S3 tells it: an HTTP status, an error code and a message.</summary>
internal sealed class S3Exception(int status, string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public int Status { get; } = status;

    /// <summary>Such as <c>NoSuchKey</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Further elements of the error document, such as <c>BucketName</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];
}
