using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Headrace.Client.Tests;

/// <summary>A stream of numbered records; an iterator is <c>SHARD:INDEX</c>. A shard with children is closed.</summary>
internal sealed class StubStream
{
    private readonly Dictionary<string, (string[] Parents, List<int> Records)> _shards = [];

    /// <summary>May answer a call in the stream's place; returns false to let it through.</summary>
    public Func<string, int, (bool Handled, (int Status, string Json)? Answer)> Before { get; set; } = (_, _) => (false, null);

    public int Calls { get; private set; }

    public int PageSize { get; set; } = 2;

    public StubStream Shard(string id, string[] parents, params int[] records)
    {
        _shards[id] = (parents, [.. records]);
        return this;
    }

    public KinesisClient Client() => new StubService(Answer).Client();

    private (int Status, string Json)? Answer(string operation, JsonElement members)
    {
        if (Before(operation, ++Calls) is (true, var instead))
            return instead;
        return operation switch
        {
            "ListShards" => (200, $$"""{"Shards":[{{string.Join(',', _shards.Select(s => Describe(s.Key)))}}]}"""),
            "GetShardIterator" => (200, $$"""{"ShardIterator":"{{Iterate(members)}}"}"""),
            "GetRecords" => (200, Page(members.GetProperty("ShardIterator").GetString()!)),
            _ => throw new InvalidOperationException(operation),
        };
    }

    private bool IsClosed(string id) => _shards.Values.Any(s => s.Parents.Contains(id));

    private string Describe(string id)
    {
        var parents = _shards[id].Parents;
        var parent = parents.Length > 0 ? $"\"ParentShardId\":\"{parents[0]}\"," : "";
        var adjacent = parents.Length > 1 ? $"\"AdjacentParentShardId\":\"{parents[1]}\"," : "";
        var ending = IsClosed(id) ? ",\"EndingSequenceNumber\":\"999\"" : "";
        return "{" + parent + adjacent + "\"ShardId\":\"" + id + "\",\"HashKeyRange\":{\"StartingHashKey\":\"0\",\"EndingHashKey\":\"9\"},"
            + "\"SequenceNumberRange\":{\"StartingSequenceNumber\":\"0\"" + ending + "}}";
    }

    private string Iterate(JsonElement members)
    {
        var id = members.GetProperty("ShardId").GetString()!;
        var records = _shards[id].Records;
        var index = members.GetProperty("ShardIteratorType").GetString() switch
        {
            "TRIM_HORIZON" => 0,
            "LATEST" => records.Count,
            "AFTER_SEQUENCE_NUMBER" => records.IndexOf(int.Parse(members.GetProperty("StartingSequenceNumber").GetString()!, CultureInfo.InvariantCulture)) + 1,
            var type => throw new InvalidOperationException(type),
        };
        return $"{id}:{index}";
    }

    private string Page(string iterator)
    {
        var (id, start) = (iterator.Split(':')[0], int.Parse(iterator.Split(':')[1], CultureInfo.InvariantCulture));
        var records = _shards[id].Records;
        var page = records.Skip(start).Take(PageSize).ToList();
        var json = page.Select(number =>
            $$"""{"SequenceNumber":"{{number}}","ApproximateArrivalTimestamp":1,"Data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{number}"))}}","PartitionKey":"k"}""");
        var atEnd = start + page.Count == records.Count;
        var next = atEnd && IsClosed(id) ? "" : $",\"NextShardIterator\":\"{id}:{start + page.Count}\"";
        return $$"""{"Records":[{{string.Join(',', json)}}],"MillisBehindLatest":{{(atEnd ? 0 : 1000)}}{{next}}}""";
    }
}
