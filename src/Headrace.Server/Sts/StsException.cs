namespace Headrace.Server.Sts;

/// <summary>A failure as STS tells it: an HTTP status, an error code and a message.</summary>
internal sealed class StsException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Such as <c>InvalidAction</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Whose fault it is: <c>Sender</c> or <c>Receiver</c>.</summary>
    public string Type => Status < 500 ? "Sender" : "Receiver";
}
