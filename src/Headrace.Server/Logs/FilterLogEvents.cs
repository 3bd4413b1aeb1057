using System.Globalization;
using System.Text.RegularExpressions;
using Headrace.Delivery.ErrorLogs;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Logs;

internal sealed partial class FilterLogEvents(DeliveryLogs logs) : IAwsJsonOperation
{
    private const int MaxEvents = 10_000;

    public string Name => nameof(FilterLogEvents);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var streams = members.Strings("logStreamNames", min: 1, max: 100);
        var prefix = members.String("logStreamNamePrefix", min: 1, max: 512);
        var (from, to) = LogsMembers.ReadTimes(members);
        var pattern = members.String("filterPattern", max: 1024);
        var limit = (int)(members.Integer("limit", min: 1, max: MaxEvents) ?? MaxEvents);
        var after = LogsMembers.ReadSkip(members);
        var group = LogsMembers.ReadGroup(members);
        if (streams is not null && prefix is not null)
            throw LogsMembers.Invalid("logStreamNames and logStreamNamePrefix can't be used together.");

        LogsMembers.Require(logs, request.Scope, group);
        var lines = logs.Read(request.Scope, group, new LogQuery
        {
            Stream = stream => (streams is null || streams.Contains(stream)) && (prefix is null || stream.StartsWith(prefix, StringComparison.Ordinal)),
            From = from,
            To = to == DateTimeOffset.MaxValue ? to : to.AddMilliseconds(1),
            Words = WordsOf(pattern),
        }).FindAll(line => line.Id > after);
        var page = lines.Take(limit).ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("events");
            foreach (var line in page)
            {
                writer.WriteStartObject();
                writer.WriteString("logStreamName", line.Stream);
                writer.WriteNumber("timestamp", line.At.ToUnixTimeMilliseconds());
                writer.WriteString("message", line.Message);
                writer.WriteNumber("ingestionTime", line.At.ToUnixTimeMilliseconds());
                writer.WriteString("eventId", line.Id.ToString("D56", CultureInfo.InvariantCulture));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("searchedLogStreams");
            writer.WriteEndArray();
            if (page.Count < lines.Count)
                writer.WriteString("nextToken", page[^1].Id.ToString(CultureInfo.InvariantCulture));
        });
    }

    /// <summary>The words and phrases that a line must hold.</summary>
    /// <exception cref="WireException">InvalidParameterException: it is a pattern of another kind.</exception>
    private static List<string> WordsOf(string? pattern)
    {
        var words = new List<string>();
        if (string.IsNullOrWhiteSpace(pattern))
            return words;
        if (!Terms().IsMatch(pattern))
            throw LogsMembers.Invalid("Invalid filter pattern: only words and phrases that must all occur are supported.");
        foreach (Match term in Term().Matches(pattern))
            words.Add(term.Value.Trim('"'));
        return words;
    }

    [GeneratedRegex("""\A\s*((?<term>"[^"]+"|[\w.:/-]+)\s*)+\z""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Terms();

    [GeneratedRegex("""("[^"]+"|[\w.:/-]+)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
