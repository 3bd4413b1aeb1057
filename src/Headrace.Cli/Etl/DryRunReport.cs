using System.Runtime.CompilerServices;
using Headrace.Cli.Output;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>Prints what would become of a file's records, a JSON object a line.</summary>
internal sealed class DryRunReport(LineOutput output)
{
    public async Task WriteAsync(PipelinePlan plan, string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(null, path);
        await foreach (var outcome in DryRun.RunAsync(plan, ReadAsync(path, cancellation), cancellation))
        {
            output.WriteJson(outcome, static (json, outcome) =>
            {
                if (outcome.Record is { } record)
                    json.WriteNumber("record", record);
                if (outcome.Fault is { } fault)
                {
                    json.WriteString("deadLetter", fault.Reason);
                    json.WriteString("stage", fault.Stage);
                }
                else if (outcome.Destination is { } destination)
                {
                    json.WriteString("destination", destination);
                    json.WriteString("partitionKey", outcome.PartitionKey);
                    json.WritePropertyName("data");
                    json.WriteRawValue(outcome.Json.Span);
                }
                else
                {
                    json.WriteBoolean("dropped", true);
                }
            });
        }
    }

    /// <summary>Lines as they are: what is wrong with one is the pipeline's to say.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in File.ReadLinesAsync(path, System.Text.Encoding.Latin1, cancellation))
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return System.Text.Encoding.Latin1.GetBytes(line);
        }
    }
}
