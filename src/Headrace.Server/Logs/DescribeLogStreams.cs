using System.Globalization;
using System.Text.Json;
using Headrace.Delivery.ErrorLogs;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Logs;

internal sealed class DescribeLogStreams(DeliveryLogs logs) : IAwsJsonOperation
{
    private const int MaxPage = 50;

    public string Name => nameof(DescribeLogStreams);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var prefix = members.String("logStreamNamePrefix", min: 1, max: 512);
        var order = members.String("orderBy", oneOf: ["LogStreamName", "LastEventTime"]) ?? "LogStreamName";
        var descending = members.Boolean("descending") ?? false;
        var limit = (int)(members.Integer("limit", min: 1, max: MaxPage) ?? MaxPage);
        var skip = LogsMembers.ReadSkip(members);
        var group = LogsMembers.ReadGroup(members);
        if (prefix is not null && order == "LastEventTime")
            throw LogsMembers.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");

        var names = LogsMembers.Require(logs, request.Scope, group);
        var lines = logs.Read(request.Scope, group, new LogQuery()).ToLookup(line => line.Stream);
        var streams = names.Select(name => name.Stream).Where(stream => prefix is null || stream.StartsWith(prefix, StringComparison.Ordinal));
        streams = order == "LogStreamName" ? streams.Order(StringComparer.Ordinal) : streams.OrderBy(stream => lines[stream].LastOrDefault()?.At);
        var listed = (descending ? streams.Reverse() : streams).ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("logStreams");
            foreach (var stream in listed.Skip(skip).Take(limit))
                Write(writer, request, group, stream, [.. lines[stream]]);
            writer.WriteEndArray();
            if (skip + limit < listed.Count)
                writer.WriteString("nextToken", (skip + limit).ToString(CultureInfo.InvariantCulture));
        });
    }

    private static void Write(Utf8JsonWriter writer, AwsJsonRequest request, string group, string stream, IReadOnlyList<LogEvent> lines)
    {
        writer.WriteStartObject();
        writer.WriteString("logStreamName", stream);
        writer.WriteNumber("creationTime", lines.Count > 0 ? lines[0].At.ToUnixTimeMilliseconds() : 0);
        if (lines.Count > 0)
        {
            writer.WriteNumber("firstEventTimestamp", lines[0].At.ToUnixTimeMilliseconds());
            writer.WriteNumber("lastEventTimestamp", lines[^1].At.ToUnixTimeMilliseconds());
            writer.WriteNumber("lastIngestionTime", lines[^1].At.ToUnixTimeMilliseconds());
        }
        writer.WriteString("arn", $"arn:aws:logs:{request.Scope.Region}:{request.Scope.AccountId}:log-group:{group}:log-stream:{stream}");
        writer.WriteNumber("storedBytes", 0);
        writer.WriteEndObject();
    }
}
