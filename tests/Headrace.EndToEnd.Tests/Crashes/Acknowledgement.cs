using System.Text.Json;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>A line of <c>produce --output json</c>: the promise that a record is stored.</summary>
internal readonly record struct Acknowledgement(string ShardId, string SequenceNumber, string PartitionKey)
{
    public static List<Acknowledgement> AllOf(CommandResult produce)
    {
        var all = new List<Acknowledgement>();
        foreach (var line in produce.OutputLines)
        {
            using var json = JsonDocument.Parse(line);
            all.Add(new Acknowledgement(
                json.RootElement.GetProperty("shardId").GetString()!,
                json.RootElement.GetProperty("sequenceNumber").GetString()!,
                json.RootElement.GetProperty("partitionKey").GetString()!));
        }
        return all;
    }
}
