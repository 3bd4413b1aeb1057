using System.Text.RegularExpressions;
using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Which stream a request means: by StreamName in the caller's account and region, or by StreamARN.</summary>
internal readonly partial record struct StreamReference(AccountScope Scope, string Name)
{
    public static readonly Regex NamePattern = NameExpression();
    public static readonly Regex ArnPattern = ArnExpression();

    /// <summary>Reads the members; call <see cref="Resolve"/> after the request was found valid.</summary>
    public static (string? Name, string? Arn) Read(MemberReader members)
    {
        var name = members.String("StreamName", min: 1, max: 128, pattern: NamePattern);
        var arn = members.String("StreamARN", min: 1, max: 2048, pattern: ArnPattern);
        ReadId(members);
        return (name, arn);
    }

    /// <summary>Reads the members of operations that take an ARN only.</summary>
    public static string? ReadArn(MemberReader members, bool required = false)
    {
        var arn = members.String("StreamARN", required, min: 1, max: 2048, pattern: ArnPattern);
        ReadId(members);
        return arn;
    }

    /// <summary>Checks StreamId, which says nothing that is of use here.</summary>
    public static void ReadId(MemberReader members) => members.String("StreamId", min: 1, max: 24, pattern: IdExpression());

    /// <exception cref="WireException">InvalidArgumentException: neither is given, or they differ.</exception>
    /// <exception cref="StreamsException">AccessDenied.</exception>
    public static StreamReference Resolve(AwsJsonRequest request, (string? Name, string? Arn) given)
    {
        var reference = Named(request.Scope, given);
        request.RequireAccess(reference.Scope, reference.Name);
        return reference;
    }

    private static StreamReference Named(AccountScope caller, (string? Name, string? Arn) given)
    {
        var (name, arn) = given;
        if (arn is null)
        {
            return name is null
                ? throw new WireException(400, "InvalidArgumentException", "Either StreamName or StreamARN must be specified.")
                : new StreamReference(caller, name);
        }
        var parts = arn.Split(':', 6);
        var reference = new StreamReference(new AccountScope(parts[4], parts[3]), parts[5]["stream/".Length..]);
        if (name is not null && name != reference.Name)
            throw new WireException(400, "InvalidArgumentException", $"StreamName {name} does not match the stream of StreamARN {arn}.");
        return reference;
    }

    /// <summary>What <see cref="Resolve"/> would give; null where the members are invalid or differ.</summary>
    public static StreamReference? TryResolve(AccountScope caller, (string? Name, string? Arn) given)
    {
        if (given.Arn is null)
            return given.Name is null ? null : new StreamReference(caller, given.Name);
        var parts = given.Arn.Split(':', 6);
        return ArnPattern.IsMatch(given.Arn) && (given.Name is null || parts[5] == $"stream/{given.Name}") ? Named(caller, (null, given.Arn)) : null;
    }

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9_.-]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NameExpression();

    [GeneratedRegex(@"\A(?:arn:aws.*:kinesis:.*:\d{12}:stream/\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArnExpression();

    [GeneratedRegex(@"\A(?:[a-z0-9]{20}-[a-z0-9]{3})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IdExpression();
}
