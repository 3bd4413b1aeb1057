namespace Headrace.Server.AwsJson;

/// <summary>A request is answered with a body that is none of the protocol's.</summary>
internal sealed class RequestFormException(int status, string? contentType, string body) : Exception(body)
{
    public int Status { get; } = status;

    /// <summary>Null: the service says none.</summary>
    public string? ContentType { get; } = contentType;

    public string Body { get; } = body;
}
