namespace Headrace.Server.AwsJson;

/// <summary>A request is answered with an error of AWS's: its type, HTTP status and message.</summary>
internal sealed class WireException(int status, string type, string message) : Exception(message)
{
    private const string SerializationType = "SerializationException";

    public int Status { get; } = status;

    /// <summary>The error's name without namespace, such as <c>ResourceNotFoundException</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The member that holds the message: the one error that the service's lowest layer gives spells it its own way.</summary>
    public string MessageMember => Type == SerializationType ? "Message" : "message";

    public static WireException Validation(string message) => new(400, "ValidationException", message);

    public static WireException Serialization(string message) => new(400, SerializationType, message);
}
