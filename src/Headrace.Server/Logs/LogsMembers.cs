using System.Globalization;
using System.Text.RegularExpressions;
using Headrace.ControlPlane;
using Headrace.Delivery.ErrorLogs;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Logs;

/// <summary>The members that the operations of CloudWatch Logs have in common.</summary>
internal static partial class LogsMembers
{
    private const int MaxNameLength = 512;

    /// <summary>A log group by its name, or by the ARN that names it.</summary>
    public static string ReadGroup(MemberReader members)
    {
        var name = members.String("logGroupName", min: 1, max: MaxNameLength, pattern: GroupName());
        var identifier = members.String("logGroupIdentifier", min: 1, max: 2048);
        members.ThrowIfInvalid();
        return name ?? Named(identifier) ?? throw Invalid("Either logGroupName or logGroupIdentifier is required.");
    }

    /// <exception cref="WireException">ResourceNotFoundException.</exception>
    public static List<LogName> Require(DeliveryLogs logs, AccountScope scope, string group, string? stream = null)
    {
        var names = logs.Names(scope).FindAll(name => name.Group == group);
        if (names.Count == 0)
            throw new WireException(400, "ResourceNotFoundException", "The specified log group does not exist.");
        return stream is null || names.Exists(name => name.Stream == stream) ? names : throw new WireException(400, "ResourceNotFoundException", "The specified log stream does not exist.");
    }

    public static string? ReadStream(MemberReader members, bool required) => members.String("logStreamName", required, min: 1, max: MaxNameLength);

    public static (DateTimeOffset From, DateTimeOffset To) ReadTimes(MemberReader members) =>
        (members.Milliseconds("startTime") ?? DateTimeOffset.MinValue, members.Milliseconds("endTime") ?? DateTimeOffset.MaxValue);

    /// <summary>A token of a list: how much of it was shown.</summary>
    public static int ReadSkip(MemberReader members) => members.String("nextToken") is not { } token ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw Invalid("The specified nextToken is invalid.");

    public static WireException Invalid(string message) => new(400, "InvalidParameterException", message);

    private static string? Named(string? identifier)
    {
        if (identifier is null || !identifier.StartsWith("arn:", StringComparison.Ordinal))
            return identifier;
        return Arn().Match(identifier) is { Success: true } match ? match.Groups["name"].Value : throw Invalid($"{identifier} is not the ARN of a log group.");
    }

    [GeneratedRegex(@"\A(?:[\.\-_/#A-Za-z0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupName();

    [GeneratedRegex(@"\Aarn:[^:]*:logs:[^:]*:[0-9]{12}:log-group:(?<name>[^:]+)(:\*)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Arn();
}
