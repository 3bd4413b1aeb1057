using System.Globalization;
using Headrace.Delivery.ErrorLogs;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Logs;

internal sealed class GetLogEvents(DeliveryLogs logs) : IAwsJsonOperation
{
    private const int MaxEvents = 10_000;

    public string Name => nameof(GetLogEvents);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var stream = LogsMembers.ReadStream(members, required: true);
        var (from, to) = LogsMembers.ReadTimes(members);
        var limit = (int)(members.Integer("limit", min: 1, max: MaxEvents) ?? MaxEvents);
        var fromHead = members.Boolean("startFromHead") ?? false;
        var token = members.String("nextToken", min: 1);
        var group = LogsMembers.ReadGroup(members);

        LogsMembers.Require(logs, request.Scope, group, stream);
        var all = logs.Read(request.Scope, group, new LogQuery { Stream = name => name == stream, From = from, To = to });
        var page = PageOf(all, token, fromHead, limit);
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("events");
            foreach (var line in page)
            {
                writer.WriteStartObject();
                writer.WriteNumber("timestamp", line.At.ToUnixTimeMilliseconds());
                writer.WriteString("message", line.Message);
                writer.WriteNumber("ingestionTime", line.At.ToUnixTimeMilliseconds());
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            // At the end the same token comes back, by which clients know that there is no more.
            writer.WriteString("nextForwardToken", page.Count > 0 ? Token('f', page[^1].Id) : token?[0] == 'f' ? token : Token('f', all.Count > 0 ? all[^1].Id : 0));
            writer.WriteString("nextBackwardToken", page.Count > 0 ? Token('b', page[0].Id) : token?[0] == 'b' ? token : Token('b', all.Count > 0 ? all[0].Id : 0));
        });
    }

    private static List<LogEvent> PageOf(List<LogEvent> all, string? token, bool fromHead, int limit)
    {
        if (token is null)
            return fromHead ? [.. all.Take(limit)] : [.. all.TakeLast(limit)];
        if (token.Length < 3 || token[1] != '/' || !long.TryParse(token.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw LogsMembers.Invalid("The specified nextToken is invalid.");
        return token[0] == 'f' ? [.. all.Where(line => line.Id > id).Take(limit)] : [.. all.Where(line => line.Id < id).TakeLast(limit)];
    }

    private static string Token(char direction, long id) => string.Create(CultureInfo.InvariantCulture, $"{direction}/{id}");
}
