namespace Headrace.Server.S3;

/// <summary>A failure as S3 tells it: an HTTP status, an error code and a message.</summary>
internal sealed class S3Exception(int status, string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public int Status { get; } = status;

    /// <summary>Such as <c>NoSuchKey</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Further elements of the error document, such as <c>BucketName</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>Headers that go with the error.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static S3Exception InvalidArgument(string name, string value, string message) => new(400, "InvalidArgument", message)
    {
        Details = [("ArgumentName", name), ("ArgumentValue", value)],
    };

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception AccessDenied(string message = "Access Denied") => new(403, "AccessDenied", message);

    public static S3Exception PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold") { Details = [("Condition", condition)] };

    public static S3Exception NotImplemented(string what) =>
        new(501, "NotImplemented", $"This server does not implement {what}.");

    public static S3Exception MalformedXml(Exception? cause = null) =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", cause);
}
