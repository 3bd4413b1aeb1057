using System.Runtime.CompilerServices;
using System.Text.Json;
using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <summary>
/// The Kinesis Data Streams API, typed. Thread-safe. Every call throws <see cref="KinesisException"/> for what the service
/// refuses and <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed partial class KinesisClient : IDisposable
{
    private static readonly TimeSpan StatePoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AwsStatePoll = TimeSpan.FromSeconds(1);

    /// <summary>A page of GetRecords has up to 10 MiB of data in base64.</summary>
    private const int PageBytes = 1 << 20;

    private const int PutAnswerBytes = 64 * 1024;

    private readonly AwsJsonTransport _transport;
    private volatile BodyFormat _recordFormat;

    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public KinesisClient(ClientOptions options)
        : this(options, handler: null, TimeProvider.System)
    {
    }

    internal KinesisClient(ClientOptions options, HttpMessageHandler? handler, TimeProvider? time = null)
    {
        _transport = new AwsJsonTransport("kinesis", "Kinesis_20131202", options, handler, time ?? TimeProvider.System);
        _recordFormat = _transport.MayUseCbor ? BodyFormat.Cbor : BodyFormat.Json;
    }

    /// <summary>The address that this client talks to.</summary>
    public Uri Endpoint => _transport.Endpoint;

    internal TimeProvider Time => _transport.Time;

    /// <summary>How records are put: in CBOR, which is shorter, until a service turns out not to know it.</summary>
    internal BodyFormat RecordFormat => _recordFormat;

    internal Microsoft.Extensions.Logging.ILogger Log => _transport.Log;

    /// <summary>Creates a stream of so many shards; without a count, an on-demand stream.</summary>
    public Task CreateStreamAsync(string name, int? shardCount = null, CancellationToken cancellationToken = default) =>
        CreateStreamAsync(
            new CreateStreamRequest
            {
                StreamName = name,
                ShardCount = shardCount,
                StreamModeDetails = shardCount is null ? new StreamModeDetails { StreamMode = "ON_DEMAND" } : null,
            },
            cancellationToken);

    /// <summary>Deletes a stream and its records.</summary>
    public Task DeleteStreamAsync(string name, CancellationToken cancellationToken = default) =>
        DeleteStreamAsync(new DeleteStreamRequest { StreamName = name }, cancellationToken);

    /// <summary>What a stream is.</summary>
    public async Task<StreamSummary> DescribeStreamSummaryAsync(string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("DescribeStreamSummary", w => w.WriteString("StreamName", name), cancellationToken);
        return KinesisAnswers.StreamSummary(answer.WrittenMemory);
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
            using var answer = await _transport.CallAsync("ListStreams", w => WriteOptional(w, "ExclusiveStartStreamName", last), cancellationToken);
            (var names, more) = KinesisAnswers.StreamNames(answer.WrittenMemory);
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
            using var answer = await _transport.CallAsync("ListShards", w =>
            {
                // The API takes either the stream or the token that already knows it.
                if (token is null)
                    w.WriteString("StreamName", name);
                else
                    w.WriteString("NextToken", token);
            }, cancellationToken);
            nextToken = KinesisAnswers.AddShards(answer.WrittenMemory, shards);
        }
        while (nextToken is not null);
        return shards;
    }

    /// <summary>Where in a shard to read, for GetRecords; good for five minutes.</summary>
    public async Task<string> GetShardIteratorAsync(
        string stream, string shardId, StartingPosition position, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(position);
        var request = new GetShardIteratorRequest
        {
            StreamName = stream,
            ShardId = shardId,
            ShardIteratorType = position.IteratorType,
            StartingSequenceNumber = position.SequenceNumber,
            Timestamp = position.Timestamp,
        };
        return (await GetShardIteratorAsync(request, cancellationToken)).ShardIterator ?? throw new InvalidDataException("the service's answer has no ShardIterator");
    }

    /// <summary>One page of a shard: up to <paramref name="limit"/> (at most 10,000) records or 10 MiB.</summary>
    public Task<GetRecordsResult> GetRecordsAsync(string iterator, int? limit = null, CancellationToken cancellationToken = default) =>
        GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = limit }, cancellationToken);

    /// <summary>Puts one record of at most 10 MiB; an answer means that it is durable.</summary>
    public async Task<PutRecordResult> PutRecordAsync(
        string stream, ReadOnlyMemory<byte> data, string partitionKey, string? explicitHashKey = null, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("PutRecord", w =>
        {
            w.WriteString("StreamName", stream);
            WriteRecord(w, data.Span, partitionKey, explicitHashKey);
        }, cancellationToken);
        using var document = JsonDocument.Parse(answer.WrittenMemory);
        return new PutRecordResult(document.RootElement.RequiredString("ShardId"), document.RootElement.RequiredString("SequenceNumber"));
    }

    /// <summary>Puts up to 500 records. Some may fail while others are durable: look at each result.</summary>
    public Task<PutRecordsResult> PutRecordsAsync(
        string stream, IReadOnlyList<PutRecordsEntry> records, CancellationToken cancellationToken = default) =>
        PutAllAsync(stream, records, numbers: null, cancellationToken);

    /// <summary>
    /// Puts up to 500 records under their numbers: a Headrace server takes each number of the producer once, whatever is repeated.
    /// Where <see cref="PutRecordsResult.TakesNumbers"/> is false the service knows no numbers, and has stored the records once more.
    /// </summary>
    public Task<PutRecordsResult> PutRecordsAsync(
        string stream, IReadOnlyList<PutRecordsEntry> records, RecordNumbers numbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return PutAllAsync(stream, records, numbers, cancellationToken);
    }

    /// <summary>Where a producer that numbers its records stands on a stream.</summary>
    public async Task<ProducerStanding> DescribeProducerAsync(string stream, string producer, CancellationToken cancellationToken = default)
    {
        try
        {
            using var answer = await _transport.CallAsync("DescribeProducer", w =>
            {
                w.WriteString("StreamName", stream);
                w.WriteString("ProducerName", producer);
            }, cancellationToken);
            using var document = JsonDocument.Parse(answer.WrittenMemory);
            return new ProducerStanding(true, document.RootElement.OptionalInt64("Number"), document.RootElement.OptionalString("Position"));
        }
        catch (KinesisException e) when (e.ErrorType is "UnknownOperationException" || (e.ErrorType == "AccessDeniedException" && ClientEndpoint.IsAws(Endpoint)))
        {
            return new ProducerStanding(false, null, null);
        }
    }

    /// <summary>Makes an attempt of a call, whose caller repeats it where it must.</summary>
    internal async Task AttemptAsync(PutRecordsCall call, CancellationToken cancellationToken)
    {
        var headers = call.ToHeaders();
        try
        {
            using var answer = await _transport.CallAsync("PutRecords", call.Body.WrittenMemory, cancellationToken, call.Invocation, headers, PutAnswerBytes);
            call.Read(answer.WrittenSpan, headers);
        }
        catch (KinesisException refused) when (call.Body.Format == BodyFormat.Cbor && refused.AnsweredIn != BodyFormat.Cbor)
        {
            // Whoever knows CBOR answers in it, errors too.
            _recordFormat = BodyFormat.Json;
            throw;
        }
    }

    /// <summary>Splits a shard in two.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="shardId">The shard.</param>
    /// <param name="newStartingHashKey">Where the second child begins, a decimal 128-bit number inside the shard's range.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public Task SplitShardAsync(string stream, string shardId, string newStartingHashKey, CancellationToken cancellationToken = default) =>
        SplitShardAsync(new SplitShardRequest { StreamName = stream, ShardToSplit = shardId, NewStartingHashKey = newStartingHashKey }, cancellationToken);

    /// <summary>Merges two shards whose hash ranges touch.</summary>
    public Task MergeShardsAsync(string stream, string shardId, string adjacentShardId, CancellationToken cancellationToken = default) =>
        MergeShardsAsync(new MergeShardsRequest { StreamName = stream, ShardToMerge = shardId, AdjacentShardToMerge = adjacentShardId }, cancellationToken);

    /// <summary>Reshards a stream to so many shards of equal range.</summary>
    public Task UpdateShardCountAsync(string stream, int targetShardCount, CancellationToken cancellationToken = default) =>
        UpdateShardCountAsync(
            new UpdateShardCountRequest { StreamName = stream, TargetShardCount = targetShardCount, ScalingType = "UNIFORM_SCALING" }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async Task<PutRecordsResult> PutAllAsync(
        string stream, IReadOnlyList<PutRecordsEntry> records, RecordNumbers? numbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(records);
        using var call = new PutRecordsCall(RecordFormat) { Invocation = null, Numbers = numbers };
        do
        {
            call.Begin(stream, RecordFormat);
            foreach (var record in records)
                call.Body.Add(record.Data.Span, record.PartitionKey, record.ExplicitHashKey);
            call.Body.End();
        }
        while (!await TryAsync(call, cancellationToken));
        var results = call.Fates.ConvertAll(static fate => new PutRecordsResultEntry(fate.ShardId, fate.SequenceNumber, fate.ErrorCode, fate.ErrorMessage));
        return new PutRecordsResult(results.Count(static result => result.ErrorCode is not null), results)
        {
            TakesNumbers = call.TakesNumbers,
            Committed = call.Committed,
            Dropped = call.Dropped,
        };
    }

    /// <returns>False: the service does not know the body's format; it is to be put in <see cref="RecordFormat"/>.</returns>
    private async Task<bool> TryAsync(PutRecordsCall call, CancellationToken cancellationToken)
    {
        try
        {
            await AttemptAsync(call, cancellationToken);
            return true;
        }
        catch (KinesisException) when (call.Body.Format != RecordFormat)
        {
            return false;
        }
    }

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
