using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>Puts numbered records on and on, of forty keys in turns, until it is stopped.</summary>
internal sealed class GroupLoad(KinesisHttp kinesis, string stream)
{
    public const int Keys = 40;

    private const int RecordsEach = Keys;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    private volatile bool _isStopped;
    private volatile int _put;

    /// <summary>How many are stored.</summary>
    public int Put => _put;

    public void Stop() => _isStopped = true;

    public async Task RunAsync()
    {
        while (!_isStopped)
        {
            var first = _put;
            var records = Enumerable.Range(first, RecordsEach).Select(n => (JsonNode)new JsonObject
            {
                ["PartitionKey"] = $"key-{n % Keys}",
                ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{n}}}"""))),
            });
            var answer = await kinesis.CallAsync("PutRecords", new JsonObject { ["StreamName"] = stream, ["Records"] = new JsonArray([.. records]) });
            answer.GetProperty("FailedRecordCount").GetInt32().ShouldBe(0);
            _put = first + RecordsEach;
            await Task.Delay(Between);
        }
    }
}
