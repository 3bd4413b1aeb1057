using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>Shows a pipeline's run while it lasts, and tells at its end what was done.</summary>
internal sealed class PipelineReport(CommandConsole console, OutputFormat format)
{
    public async Task RunAsync(PipelinePlan plan, Func<IProgress<PipelineProgress>, Task> run)
    {
        var counters = new EtlCounters(plan.Destinations.Select(static destination => destination.Name));
        try
        {
            await new ProgressBoard(console, plainEvery: null).RunAsync(counters.All, () => run(counters));
        }
        finally
        {
            if (counters.Latest is { } latest)
                Tell(latest, plan.DeadLetter);
        }
    }

    private void Tell(PipelineProgress done, string deadLetter)
    {
        if (format == OutputFormat.Json)
        {
            console.Output.WriteJson(done, static (json, done) =>
            {
                json.WriteNumber("read", done.Read);
                json.WriteNumber("transformed", done.Transformed);
                if (done.Dropped > 0)
                    json.WriteNumber("dropped", done.Dropped);
                json.WriteStartObject("routed");
                foreach (var (name, count) in done.Routed)
                    json.WriteNumber(name, count);
                json.WriteEndObject();
                json.WriteNumber("deadLettered", done.DeadLettered);
                if (done.Repeated > 0)
                    json.WriteNumber("repeated", done.Repeated);
            });
        }
        var routed = string.Join(", ", done.Routed.Select(static side => string.Create(CultureInfo.InvariantCulture, $"{side.Value:N0} to {side.Key}")));
        var dropped = done.Dropped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {done.Dropped:N0} dropped") : "";
        var repeated = done.Repeated > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({done.Repeated:N0} were there already)") : "";
        console.Say(string.Create(CultureInfo.InvariantCulture, $"{done.Read:N0} records read, {done.Transformed:N0} transformed, {routed}{repeated}{dropped}, {done.DeadLettered:N0} dead letters{(done.DeadLettered > 0 ? $" in {deadLetter}" : "")}"));
    }
}
