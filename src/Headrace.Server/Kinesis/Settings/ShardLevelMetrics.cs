using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis.Settings;

/// <summary>Reads and writes what the two operations of enhanced monitoring share.</summary>
internal static class ShardLevelMetrics
{
    private const string All = "ALL";
    private static readonly string[] Names = [.. Enum.GetNames<ShardLevelMetric>(), All];

    /// <summary>The metrics named, ALL taken apart; null where the member is missing, which is a fault noted.</summary>
    public static IReadOnlyCollection<ShardLevelMetric>? Read(MemberReader members)
    {
        var names = members.Strings("ShardLevelMetrics", required: true, min: 1, max: 7, oneOf: Names);
        if (names is null)
            return null;
        return names.Contains(All)
            ? Enum.GetValues<ShardLevelMetric>()
            : [.. names.Select(name => Enum.TryParse<ShardLevelMetric>(name, out var metric) ? (ShardLevelMetric?)metric : null).OfType<ShardLevelMetric>().Distinct()];
    }

    public static ValueTask RespondAsync(AwsJsonRequest request, MonitoringChange change) => request.RespondAsync(writer =>
    {
        writer.WriteString("StreamName", change.Stream.Name);
        writer.WriteMetrics("CurrentShardLevelMetrics", change.Before);
        writer.WriteMetrics("DesiredShardLevelMetrics", change.After);
        writer.WriteString("StreamARN", change.Stream.Arn);
    });

    public static void WriteMetrics(this Utf8JsonWriter writer, string member, IReadOnlyList<ShardLevelMetric> metrics)
    {
        writer.WriteStartArray(member);
        foreach (var metric in metrics)
            writer.WriteStringValue(metric.ToString());
        writer.WriteEndArray();
    }
}
