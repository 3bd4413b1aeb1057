using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Produce;

/// <summary>
/// Tells which records the service acknowledged: each one as JSON, or a single one in words. Lines are flushed as soon as
/// nothing more waits, since whoever reads them counts on them.
/// </summary>
internal sealed class AcknowledgementReport(LineOutput output, OutputFormat format, bool isSingle)
{
    public bool IsSingle { get; } = isSingle;

    public void Add(string partitionKey, ProducedRecord record)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteJson((partitionKey, record), static (json, acknowledged) =>
            {
                json.WriteString("shardId", acknowledged.record.ShardId);
                json.WriteString("sequenceNumber", acknowledged.record.SequenceNumber);
                if (acknowledged.record.SubSequenceNumber is { } sub)
                    json.WriteNumber("subSequenceNumber", sub);
                json.WriteString("partitionKey", acknowledged.partitionKey);
            });
        }
        else if (IsSingle)
        {
            output.WriteLine($"{record.ShardId} {record.SequenceNumber}");
        }
    }

    public void Flush() => output.Flush();
}
