using System.Globalization;
using Headrace.ControlPlane;

namespace Headrace.Streams.Consumers;

/// <summary>The parts of <c>arn:aws:kinesis:REGION:ACCOUNT:stream/STREAM/consumer/NAME:SECOND</c>.</summary>
/// <param name="Scope">Whose and where the stream is.</param>
/// <param name="StreamName">The stream.</param>
/// <param name="ConsumerName">The consumer.</param>
/// <param name="CreatedSeconds">When it was registered, in seconds since 1970.</param>
public readonly record struct ConsumerArn(AccountScope Scope, string StreamName, string ConsumerName, long CreatedSeconds)
{
    /// <summary>Reads an ARN; false where it names no consumer.</summary>
    public static bool TryParse(string text, out ConsumerArn arn)
    {
        arn = default;
        var parts = text.Split(':');
        if (parts.Length != 7 || !long.TryParse(parts[6], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (parts[5].Split('/') is not ["stream", var stream, "consumer", var consumer])
            return false;
        arn = new ConsumerArn(new AccountScope(parts[4], parts[3]), stream, consumer, seconds);
        return true;
    }
}
