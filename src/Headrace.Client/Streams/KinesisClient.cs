using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>
/// The Kinesis Data Streams API, typed. Thread-safe. Every call throws <see cref="KinesisException"/> for what the service
/// refuses and <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed partial class KinesisClient : IDisposable
{
    private static readonly TimeSpan StatePoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AwsStatePoll = TimeSpan.FromSeconds(1);

    private readonly AwsJsonTransport _transport;

    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public KinesisClient(ClientOptions options)
        : this(options, handler: null, TimeProvider.System)
    {
    }

    internal KinesisClient(ClientOptions options, HttpMessageHandler? handler, TimeProvider? time = null) =>
        _transport = new AwsJsonTransport("kinesis", "Kinesis_20131202", options, handler, time ?? TimeProvider.System);

    /// <summary>The address that this client talks to.</summary>
    public Uri Endpoint => _transport.Endpoint;

    internal TimeProvider Time => _transport.Time;

    /// <summary>Creates a stream of so many shards; without a count, an on-demand stream.</summary>
    public Task CreateStreamAsync(string name, int? shardCount = null, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("CreateStream", w =>
        {
            w.WriteString("StreamName", name);
            if (shardCount is { } count)
            {
                w.WriteNumber("ShardCount", count);
                return;
            }
            w.WriteStartObject("StreamModeDetails");
            w.WriteString("StreamMode", "ON_DEMAND");
            w.WriteEndObject();
        }, cancellationToken);

    public Task DeleteStreamAsync(string name, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DeleteStream", w => w.WriteString("StreamName", name), cancellationToken);

    public async Task<StreamSummary> DescribeStreamSummaryAsync(string name, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.CallAsync("DescribeStreamSummary", w => w.WriteString("StreamName", name), cancellationToken);
        return KinesisAnswers.StreamSummary(answer);
    }

    /// <summary>Waits until a stream is neither being created nor changed.</summary>
    public async Task WaitUntilActiveAsync(string name, CancellationToken cancellationToken = default)
    {
        while ((await DescribeStreamSummaryAsync(name, cancellationToken)).Status != "ACTIVE")
            await Task.Delay(ClientEndpoint.IsAws(Endpoint) ? AwsStatePoll : StatePoll, Time, cancellationToken);
    }

    /// <summary>The names of all streams, in order; pages are fetched as they are needed.</summary>
    public async IAsyncEnumerable<string> ListStreamsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? last = null;
        for (var more = true; more;)
        {
            var answer = await _transport.CallAsync("ListStreams", w => WriteOptional(w, "ExclusiveStartStreamName", last), cancellationToken);
            (var names, more) = KinesisAnswers.StreamNames(answer);
            foreach (var name in names)
                yield return last = name;
            more &= names.Count > 0;
        }
    }

    /// <summary>All shards that still hold records, open and closed; all pages of them.</summary>
    public async Task<IReadOnlyList<ShardDescription>> ListShardsAsync(string name, CancellationToken cancellationToken = default)
    {
        var shards = new List<ShardDescription>();
        string? nextToken = null;
        do
        {
            var token = nextToken;
            var answer = await _transport.CallAsync("ListShards", w =>
            {
                // The API takes either the stream or the token that already knows it.
                if (token is null)
                    w.WriteString("StreamName", name);
                else
                    w.WriteString("NextToken", token);
            }, cancellationToken);
            nextToken = KinesisAnswers.AddShards(answer, shards);
        }
        while (nextToken is not null);
        return shards;
    }

    public async Task<string> GetShardIteratorAsync(
        string stream, string shardId, StartingPosition position, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(position);
        var answer = await _transport.CallAsync("GetShardIterator", w =>
        {
            w.WriteString("StreamName", stream);
            w.WriteString("ShardId", shardId);
            w.WriteString("ShardIteratorType", position.IteratorType);
            WriteOptional(w, "StartingSequenceNumber", position.SequenceNumber);
            if (position.Timestamp is { } timestamp)
                w.WriteNumber("Timestamp", timestamp.ToUnixTimeMilliseconds() / 1000m);
        }, cancellationToken);
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.RequiredString("ShardIterator");
    }

    /// <summary>One page of a shard: up to <paramref name="limit"/> (at most 10,000) records or 10 MiB.</summary>
    public async Task<GetRecordsResult> GetRecordsAsync(string iterator, int? limit = null, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.CallAsync("GetRecords", w =>
        {
            w.WriteString("ShardIterator", iterator);
            if (limit is { } count)
                w.WriteNumber("Limit", count);
        }, cancellationToken);
        return GetRecordsAnswer.Read(answer.Span);
    }

    /// <summary>Puts one record of at most 10 MiB; an answer means that it is durable.</summary>
    public async Task<PutRecordResult> PutRecordAsync(
        string stream, ReadOnlyMemory<byte> data, string partitionKey, string? explicitHashKey = null, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.CallAsync("PutRecord", w =>
        {
            w.WriteString("StreamName", stream);
            WriteRecord(w, data.Span, partitionKey, explicitHashKey);
        }, cancellationToken);
        using var document = JsonDocument.Parse(answer);
        return new PutRecordResult(document.RootElement.RequiredString("ShardId"), document.RootElement.RequiredString("SequenceNumber"));
    }

    /// <summary>Puts up to 500 records. Some may fail while others are durable: look at each result.</summary>
    public Task<PutRecordsResult> PutRecordsAsync(
        string stream, IReadOnlyList<PutRecordsEntry> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return PutRecordsAsync(stream, records, new Invocation(), cancellationToken);
    }

    /// <summary>
    /// Puts up to 500 records under their numbers: a Headrace server takes each number of the producer once, whatever is repeated.
    /// Where <see cref="PutRecordsResult.TakesNumbers"/> is false the service knows no numbers, and has stored the records once more.
    /// </summary>
    public Task<PutRecordsResult> PutRecordsAsync(
        string stream, IReadOnlyList<PutRecordsEntry> records, RecordNumbers numbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(numbers);
        return PutRecordsAsync(stream, records, new Invocation(), cancellationToken, numbers);
    }

    /// <summary>Where a producer that numbers its records stands on a stream.</summary>
    public async Task<ProducerStanding> DescribeProducerAsync(string stream, string producer, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _transport.CallAsync("DescribeProducer", w =>
            {
                w.WriteString("StreamName", stream);
                w.WriteString("ProducerName", producer);
            }, cancellationToken);
            using var document = JsonDocument.Parse(answer);
            return new ProducerStanding(true, document.RootElement.OptionalInt64("Number"), document.RootElement.OptionalString("Position"));
        }
        catch (KinesisException e) when (e.ErrorType is "UnknownOperationException" || (e.ErrorType == "AccessDeniedException" && ClientEndpoint.IsAws(Endpoint)))
        {
            return new ProducerStanding(false, null, null);
        }
    }

    /// <summary>Puts the same records as the invocation's earlier attempts did.</summary>
    internal async Task<PutRecordsResult> PutRecordsAsync(
        string stream, IReadOnlyList<PutRecordsEntry> records, Invocation invocation, CancellationToken cancellationToken, RecordNumbers? numbers = null)
    {
        var headers = numbers?.ToHeaders();
        var answer = await _transport.CallAsync("PutRecords", w =>
        {
            w.WriteString("StreamName", stream);
            w.WriteStartArray("Records");
            foreach (var record in records)
            {
                w.WriteStartObject();
                WriteRecord(w, record.Data.Span, record.PartitionKey, record.ExplicitHashKey);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        }, cancellationToken, invocation, headers);
        var result = KinesisAnswers.PutRecords(answer);
        return headers?.Answered("x-headrace-dropped") is { } dropped
            ? result with
            {
                TakesNumbers = true,
                Committed = headers.Answered("x-headrace-committed") is { } committed ? long.Parse(committed, CultureInfo.InvariantCulture) : null,
                Dropped = int.Parse(dropped, CultureInfo.InvariantCulture),
            }
            : result;
    }

    /// <param name="newStartingHashKey">Where the second child begins, a decimal 128-bit number inside the shard's range.</param>
    public Task SplitShardAsync(string stream, string shardId, string newStartingHashKey, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("SplitShard", w =>
        {
            w.WriteString("StreamName", stream);
            w.WriteString("ShardToSplit", shardId);
            w.WriteString("NewStartingHashKey", newStartingHashKey);
        }, cancellationToken);

    /// <summary>Merges two shards whose hash ranges touch.</summary>
    public Task MergeShardsAsync(string stream, string shardId, string adjacentShardId, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("MergeShards", w =>
        {
            w.WriteString("StreamName", stream);
            w.WriteString("ShardToMerge", shardId);
            w.WriteString("AdjacentShardToMerge", adjacentShardId);
        }, cancellationToken);

    /// <summary>Reshards a stream to so many shards of equal range.</summary>
    public Task UpdateShardCountAsync(string stream, int targetShardCount, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateShardCount", w =>
        {
            w.WriteString("StreamName", stream);
            w.WriteNumber("TargetShardCount", targetShardCount);
            w.WriteString("ScalingType", "UNIFORM_SCALING");
        }, cancellationToken);

    public void Dispose() => _transport.Dispose();

    private static void WriteRecord(Utf8JsonWriter writer, ReadOnlySpan<byte> data, string partitionKey, string? explicitHashKey)
    {
        writer.WriteBase64String("Data"u8, data);
        writer.WriteString("PartitionKey"u8, partitionKey);
        WriteOptional(writer, "ExplicitHashKey", explicitHashKey);
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
