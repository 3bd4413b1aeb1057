namespace Headrace.Server.AwsJson;

/// <summary>A request is answered with an error of AWS's: its type, HTTP status and message.</summary>
internal sealed class WireException(int status, string type, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The error's name without namespace, such as <c>ResourceNotFoundException</c>.</summary>
    public string Type { get; } = type;

    public static WireException Validation(string message) => new(400, "ValidationException", message);

    public static WireException Serialization(string message) => new(400, "SerializationException", message);
}
