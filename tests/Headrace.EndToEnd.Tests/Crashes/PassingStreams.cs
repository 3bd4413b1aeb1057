using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// Streams that are created and deleted while the server is being killed: one whose creation was answered is there, with its record;
/// one whose deletion was answered is gone.
/// </summary>
internal sealed class PassingStreams
{
    private readonly List<(string Name, string? SequenceNumber)> _created = [];
    private readonly List<string> _deleted = [];
    private int _count;

    /// <summary>Creates one stream after the other, and deletes the one before, until the server is gone.</summary>
    public async Task ChangeAsync(KinesisHttp kinesis)
    {
        try
        {
            while (true)
            {
                var name = $"passing-{_count++}";
                await kinesis.CallAsync("CreateStream", new JsonObject { ["StreamName"] = name, ["ShardCount"] = 1 });
                _created.Add((name, null));
                await Processes.Deadline.UntilAsync(async () => await kinesis.StatusAsync(name) == "ACTIVE", $"{name} is ACTIVE");
                _created[^1] = (name, await kinesis.PutRecordAsync(name, "key", [1]));
                if (_created.Count > 1)
                {
                    var oldest = _created[0].Name;
                    _created.RemoveAt(0);
                    await kinesis.CallAsync("DeleteStream", new JsonObject { ["StreamName"] = oldest });
                    _deleted.Add(oldest);
                }
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The server has been killed.
        }
    }

    public async Task CheckAsync(KinesisHttp kinesis)
    {
        foreach (var (name, sequenceNumber) in _created)
        {
            await Processes.Deadline.UntilAsync(async () => await kinesis.StatusAsync(name) == "ACTIVE", $"{name}, whose creation was answered, is ACTIVE");
            if (sequenceNumber is not null)
                (await kinesis.ReadAllAsync(name)).Select(record => record.SequenceNumber).ShouldBe([sequenceNumber], name);
        }
        foreach (var name in _deleted)
        {
            await Processes.Deadline.UntilAsync(
                async () =>
                {
                    using var answer = await kinesis.SendAsync("DescribeStreamSummary", new StringContent(new JsonObject { ["StreamName"] = name }.ToJsonString()));
                    return !answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("ResourceNotFoundException", StringComparison.Ordinal);
                },
                $"{name}, whose deletion was answered, is gone");
        }
        _deleted.Clear();
    }
}
