using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;

namespace Headrace.Cli.Demo;

/// <summary>The end of a demo, for people: the table of what went in and came out, a delivered record, and the verdict.</summary>
internal static class DemoReport
{
    /// <param name="output">Where the report goes.</param>
    /// <param name="sides">The destinations, one row each.</param>
    /// <param name="counts">What was counted on the way.</param>
    /// <param name="verification">What was read back.</param>
    public static void Write(LineOutput output, IReadOnlyList<DemoSide> sides, DemoCounts counts, DemoVerification verification)
    {
        var table = new TextTable("destination", "produced", "transformed", "routed", "delivered");
        foreach (var side in sides)
        {
            table.AddRow(
                $"{side.Name} → s3://{side.Bucket}/{DemoSide.Prefix}",
                Number(counts.ProducedFor(side.Name)),
                Number(counts.RoutedTo(side.Name)),
                Number(counts.RoutedTo(side.Name)),
                Number(verification.DeliveredTo(side.Name)));
        }
        if (counts.DeadLettered > 0 || verification.DeadLettered > 0)
            table.AddRow("dead letters", "", "", Number(counts.DeadLettered), Number(verification.DeadLettered));
        table.AddRow(
            "all",
            Number(counts.Produced),
            Number(counts.Transformed),
            Number(sides.Sum(side => counts.RoutedTo(side.Name)) + counts.DeadLettered),
            Number(sides.Sum(side => verification.DeliveredTo(side.Name)) + verification.DeadLettered));
        output.WriteLine("");
        foreach (var line in table.Lines())
            output.WriteLine(line);
        output.WriteLine("");
        if (verification.Sample is { } sample)
        {
            output.WriteLine("A delivered record:");
            output.WriteLine(sample);
            output.WriteLine("");
        }
    }

    /// <summary>Says in one line whether everything arrived, or what did not.</summary>
    public static void WriteVerdict(CommandConsole console, DemoResult result, DemoVerification verification)
    {
        if (result.IsRight)
        {
            console.Output.WriteLine(verification.DeadLettered == 0
                ? $"All {Number(verification.Arrived)} records were delivered exactly once, to the right bucket."
                : $"All {Number(verification.Arrived)} records arrived exactly once: {Number(verification.Arrived - verification.DeadLettered)} in the right bucket, {Number(verification.DeadLettered)} in the dead letters.");
            return;
        }
        console.Say(
            $"the demo found faults: {Number(result.Missing)} records missing, {Number(result.Copies)} copies, {Number(result.Misrouted)} in the wrong bucket, "
            + $"{Number(result.Untransformed)} not transformed; {string.Join("; ", verification.Faults)}");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
