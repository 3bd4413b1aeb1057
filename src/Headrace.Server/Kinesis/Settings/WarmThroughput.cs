using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

/// <summary>Reads and writes an on-demand stream's warm throughput.</summary>
internal static class WarmThroughput
{
    public static int? Read(MemberReader members, bool required = false) =>
        members.Integer("WarmThroughputMiBps", required, min: 0) is { } mibps ? (int)Math.Min(mibps, int.MaxValue) : null;

    /// <summary>Writes nothing for a stream that was never told any. A shard takes 1 MiB/s.</summary>
    public static void WriteWarmThroughput(this Utf8JsonWriter writer, DataStream stream)
    {
        if (stream.WarmThroughputMiBps is not { } target)
            return;
        writer.WriteStartObject("WarmThroughput");
        writer.WriteNumber("TargetMiBps", target);
        writer.WriteNumber("CurrentMiBps", stream.Map.OpenCount);
        writer.WriteEndObject();
    }
}
