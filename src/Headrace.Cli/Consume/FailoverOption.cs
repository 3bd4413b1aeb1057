using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Values;

namespace Headrace.Cli.Consume;

/// <summary><c>--failover-time</c> of those who share a stream as a group.</summary>
internal sealed class FailoverOption : Option<string?>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <param name="otherwise">What holds without it.</param>
    public FailoverOption(string otherwise)
        : base("--failover-time")
    {
        HelpName = "T";
        Description = $"When a member that is not heard of counts as dead; the same for all [default: {otherwise}]";
    }

    /// <summary>Null: it is not given.</summary>
    /// <exception cref="UsageException">It is no such time.</exception>
    public TimeSpan? Of(ParseResult parsed)
    {
        if (parsed.GetValue(this) is not { } text)
            return null;
        return DurationValue.TryParse(text, out var failover) && failover >= Shortest
            ? failover
            : throw new UsageException($"--failover-time must be a duration of at least 1s, such as 10s, not '{text}'");
    }
}
