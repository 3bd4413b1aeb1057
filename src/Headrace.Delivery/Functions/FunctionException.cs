namespace Headrace.Delivery.Functions;

/// <summary>An invocation gave nothing that can be used.</summary>
internal sealed class FunctionException(string code, string message) : Exception(message)
{
    /// <summary>AWS's code.</summary>
    public string Code { get; } = code;
}
