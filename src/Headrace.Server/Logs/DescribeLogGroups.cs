using System.Globalization;
using System.Text;
using Headrace.Delivery.ErrorLogs;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Logs;

internal sealed class DescribeLogGroups(DeliveryLogs logs) : IAwsJsonOperation
{
    private const int MaxPage = 50;

    public string Name => nameof(DescribeLogGroups);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var prefix = members.String("logGroupNamePrefix", min: 1, max: 512);
        var part = members.String("logGroupNamePattern", max: 512);
        var limit = (int)(members.Integer("limit", min: 1, max: MaxPage) ?? MaxPage);
        var skip = LogsMembers.ReadSkip(members);
        members.ThrowIfInvalid();

        var groups = logs.Names(request.Scope).Select(name => name.Group).Distinct()
            .Where(group => (prefix is null || group.StartsWith(prefix, StringComparison.Ordinal)) && (part is null || group.Contains(part, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("logGroups");
            foreach (var group in groups.Skip(skip).Take(limit))
            {
                var lines = logs.Read(request.Scope, group, new LogQuery());
                writer.WriteStartObject();
                writer.WriteString("logGroupName", group);
                writer.WriteNumber("creationTime", lines.Count > 0 ? lines[0].At.ToUnixTimeMilliseconds() : 0);
                writer.WriteNumber("metricFilterCount", 0);
                writer.WriteString("arn", $"arn:aws:logs:{request.Scope.Region}:{request.Scope.AccountId}:log-group:{group}:*");
                writer.WriteNumber("storedBytes", lines.Sum(line => Encoding.UTF8.GetByteCount(line.Message)));
                writer.WriteString("logGroupClass", "STANDARD");
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            if (skip + limit < groups.Count)
                writer.WriteString("nextToken", (skip + limit).ToString(CultureInfo.InvariantCulture));
        });
    }
}
