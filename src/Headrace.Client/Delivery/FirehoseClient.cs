using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>
/// The Data Firehose API, typed. Thread-safe. Every call throws <see cref="KinesisException"/> for what the service refuses and
/// <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed class FirehoseClient : IDisposable
{
    private readonly AwsJsonTransport _transport;

    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public FirehoseClient(ClientOptions options)
        : this(options, handler: null)
    {
    }

    internal FirehoseClient(ClientOptions options, HttpMessageHandler? handler, TimeProvider? time = null) =>
        _transport = new AwsJsonTransport("firehose", "Firehose_20150804", options, handler, time ?? TimeProvider.System);

    /// <summary>The address that this client talks to.</summary>
    public Uri Endpoint => _transport.Endpoint;

    /// <summary>Creates a delivery stream; returns its ARN.</summary>
    public async Task<string> CreateDeliveryStreamAsync(CreateDeliveryStreamRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var answer = await _transport.CallAsync("CreateDeliveryStream", w => Write(w, request), cancellationToken);
        using var document = JsonDocument.Parse(answer.WrittenMemory);
        return document.RootElement.RequiredString("DeliveryStreamARN");
    }

    public async Task<DeliveryStreamSummary> DescribeDeliveryStreamAsync(string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("DescribeDeliveryStream", w => w.WriteString("DeliveryStreamName", name), cancellationToken);
        using var document = JsonDocument.Parse(answer.WrittenMemory);
        return Summary(document.RootElement.GetProperty("DeliveryStreamDescription"));
    }

    /// <summary>The names of all delivery streams, in order; pages are fetched as they are needed.</summary>
    public async IAsyncEnumerable<string> ListDeliveryStreamsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? last = null;
        for (var more = true; more;)
        {
            using var answer = await _transport.CallAsync("ListDeliveryStreams", w => WriteOptional(w, "ExclusiveStartDeliveryStreamName", last), cancellationToken);
            using var document = JsonDocument.Parse(answer.WrittenMemory);
            var names = document.RootElement.GetProperty("DeliveryStreamNames").EnumerateArray().Select(name => name.GetString()!).ToList();
            foreach (var name in names)
                yield return last = name;
            more = names.Count > 0 && document.RootElement.IsTrue("HasMoreDeliveryStreams");
        }
    }

    public async Task DeleteDeliveryStreamAsync(string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("DeleteDeliveryStream", w => w.WriteString("DeliveryStreamName", name), cancellationToken);
    }

    /// <summary>Puts one record of at most 1,000 KiB; returns its record id.</summary>
    public async Task<string> PutRecordAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("PutRecord", w =>
        {
            w.WriteString("DeliveryStreamName", name);
            w.WriteStartObject("Record");
            w.WriteBase64String("Data", data.Span);
            w.WriteEndObject();
        }, cancellationToken);
        using var document = JsonDocument.Parse(answer.WrittenMemory);
        return document.RootElement.RequiredString("RecordId");
    }

    /// <summary>Puts up to 500 records, 4 MiB together. Some may fail while others are taken: look at each result.</summary>
    public async Task<PutRecordBatchResult> PutRecordBatchAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var answer = await _transport.CallAsync("PutRecordBatch", w =>
        {
            w.WriteString("DeliveryStreamName", name);
            w.WriteStartArray("Records");
            foreach (var record in records)
            {
                w.WriteStartObject();
                w.WriteBase64String("Data", record.Span);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        }, cancellationToken);
        using var document = JsonDocument.Parse(answer.WrittenMemory);
        var results = document.RootElement.GetProperty("RequestResponses").EnumerateArray()
            .Select(r => new PutRecordBatchResultEntry(r.OptionalString("RecordId"), r.OptionalString("ErrorCode"), r.OptionalString("ErrorMessage")))
            .ToList();
        return new PutRecordBatchResult(document.RootElement.OptionalInt32("FailedPutCount") ?? 0, results);
    }

    public void Dispose() => _transport.Dispose();

    private static void Write(Utf8JsonWriter writer, CreateDeliveryStreamRequest request)
    {
        writer.WriteString("DeliveryStreamName", request.Name);
        writer.WriteString("DeliveryStreamType", request.SourceStreamArn is null ? "DirectPut" : "KinesisStreamAsSource");
        if (request.SourceStreamArn is { } source)
        {
            writer.WriteStartObject("KinesisStreamSourceConfiguration");
            writer.WriteString("KinesisStreamARN", source);
            writer.WriteString("RoleARN", request.RoleArn);
            writer.WriteEndObject();
        }
        writer.WriteStartObject("ExtendedS3DestinationConfiguration");
        writer.WriteString("RoleARN", request.RoleArn);
        writer.WriteString("BucketARN", request.BucketArn);
        WriteOptional(writer, "Prefix", request.Prefix);
        WriteOptional(writer, "ErrorOutputPrefix", request.ErrorOutputPrefix);
        WriteOptional(writer, "CompressionFormat", request.Compression);
        if (request.BufferSizeMiB is not null || request.BufferSeconds is not null)
        {
            writer.WriteStartObject("BufferingHints");
            // The API wants both or neither; what is left out takes the service's default.
            writer.WriteNumber("SizeInMBs", request.BufferSizeMiB ?? 5);
            writer.WriteNumber("IntervalInSeconds", request.BufferSeconds ?? 300);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static DeliveryStreamSummary Summary(JsonElement description)
    {
        JsonElement s3 = default, hints = default;
        var hasS3 = description.TryGetProperty("Destinations", out var destinations) && destinations.GetArrayLength() > 0
            && (destinations[0].TryGetProperty("ExtendedS3DestinationDescription", out s3) || destinations[0].TryGetProperty("S3DestinationDescription", out s3));
        var hasHints = hasS3 && s3.TryGetProperty("BufferingHints", out hints);
        var source = description.TryGetProperty("Source", out var sources) && sources.TryGetProperty("KinesisStreamSourceDescription", out var kinesis)
            ? kinesis.OptionalString("KinesisStreamARN")
            : null;
        return new DeliveryStreamSummary(
            description.RequiredString("DeliveryStreamName"),
            description.RequiredString("DeliveryStreamARN"),
            description.RequiredString("DeliveryStreamStatus"),
            description.RequiredString("DeliveryStreamType"),
            source,
            hasS3 ? s3.OptionalString("BucketARN") : null,
            hasS3 ? s3.OptionalString("Prefix") : null,
            hasS3 ? s3.OptionalString("ErrorOutputPrefix") : null,
            hasHints ? hints.OptionalInt32("SizeInMBs") : null,
            hasHints ? hints.OptionalInt32("IntervalInSeconds") : null,
            hasS3 ? s3.OptionalString("CompressionFormat") : null,
            description.OptionalTimestamp("CreateTimestamp"));
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
