using System.Globalization;

namespace Headrace.Client;

/// <summary>
/// One call over all of its attempts, told as AWS's SDKs tell it: so a server that knows such ids does not store records twice
/// whose first answer was lost. Not thread-safe.
/// </summary>
internal sealed class Invocation
{
    private int _attempts;

    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Begins another attempt; answers which one it is, as <c>amz-sdk-request</c> says it.</summary>
    public string NextAttempt() => string.Create(CultureInfo.InvariantCulture, $"attempt={++_attempts}");
}
