namespace Headrace.Jq;

/// <summary>A filter that jq does not compile; the message is jq's own.</summary>
public sealed class JqSyntaxException(string message) : Exception(message);
