using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Values;
using Headrace.Server.Faults;

namespace Headrace.Cli.Serve;

/// <summary>Reads a fault rule: <c>OPERATION=ERROR:SHARE%</c> or <c>OPERATION=ERROR:SHARE%:DELAY</c>, with the service and a dot before the operation where it has to be told.</summary>
internal static class FaultValue
{
    /// <exception cref="UsageException">It is no such rule; the message says why.</exception>
    public static FaultRule Parse(string text)
    {
        var assignment = text.Split('=', 2);
        var parts = assignment[^1].Split(':');
        if (assignment.Length != 2 || parts.Length is not (2 or 3))
            throw Mistake(text, "it must be like PutRecords=ProvisionedThroughputExceededException:10% or GetRecords=InternalFailure:5%:200ms");
        if (!parts[1].EndsWith('%') || !double.TryParse(parts[1][..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent))
            throw Mistake(text, $"the share must be like 10%, not '{parts[1]}'");
        var delay = TimeSpan.Zero;
        if (parts.Length == 3 && !DurationValue.TryParse(parts[2], out delay))
            throw Mistake(text, $"the delay must be a duration such as 200ms or 2s, not '{parts[2]}'");
        var name = assignment[0].Split('.', 2);
        try
        {
            return FaultRule.Create(name.Length == 2 ? name[0] : null, name[^1], parts[0], percent / 100, delay);
        }
        catch (ArgumentException mistake)
        {
            throw Mistake(text, mistake.Message);
        }
    }

    private static UsageException Mistake(string text, string why) => new($"--fault {text}: {why}");
}
