using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Headrace.ControlPlane;

namespace Headrace.Delivery.Sources;

/// <summary>The data stream that a delivery stream reads.</summary>
/// <param name="StreamArn">Its ARN.</param>
/// <param name="RoleArn">The role that AWS would read it as.</param>
public sealed partial record KinesisStreamSource(string StreamArn, string RoleArn)
{
    /// <summary>Takes the ARN apart; false where it names no data stream.</summary>
    public bool TryLocate(out AccountScope scope, [NotNullWhen(true)] out string? streamName)
    {
        var match = Arn().Match(StreamArn);
        scope = match.Success ? new AccountScope(match.Groups["account"].Value, match.Groups["region"].Value) : default;
        streamName = match.Success ? match.Groups["name"].Value : null;
        return match.Success;
    }

    [GeneratedRegex(@"\Aarn:[^:]*:kinesis:(?<region>[a-zA-Z0-9\-]+):(?<account>[0-9]{12}):stream/(?<name>[a-zA-Z0-9_.-]+)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Arn();
}
