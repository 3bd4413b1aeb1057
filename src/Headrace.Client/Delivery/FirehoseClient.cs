using System.Runtime.CompilerServices;
using System.Text.Json;
using Headrace.Client.Firehose;

namespace Headrace.Client;

/// <summary>
/// The Data Firehose API, typed. Thread-safe. Every call throws <see cref="KinesisException"/> for what the service refuses and
/// <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed partial class FirehoseClient : IDisposable
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

    /// <summary>What a delivery stream is.</summary>
    public async Task<DeliveryStreamSummary> DescribeDeliveryStreamAsync(string name, CancellationToken cancellationToken = default) =>
        Summary((await DescribeDeliveryStreamAsync(new DescribeDeliveryStreamRequest { DeliveryStreamName = name }, cancellationToken)).DeliveryStreamDescription);

    /// <summary>The names of all delivery streams, in order; pages are fetched as they are needed.</summary>
    public async IAsyncEnumerable<string> ListDeliveryStreamsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? last = null;
        for (var more = true; more;)
        {
            var page = await ListDeliveryStreamsAsync(new ListDeliveryStreamsRequest { ExclusiveStartDeliveryStreamName = last }, cancellationToken);
            foreach (var name in page.DeliveryStreamNames)
                yield return last = name;
            more = page.HasMoreDeliveryStreams && page.DeliveryStreamNames.Count > 0;
        }
    }

    /// <summary>Deletes a delivery stream.</summary>
    public Task DeleteDeliveryStreamAsync(string name, CancellationToken cancellationToken = default) =>
        DeleteDeliveryStreamAsync(new DeleteDeliveryStreamRequest { DeliveryStreamName = name }, cancellationToken);

    /// <summary>Puts one record of at most 1,000 KiB; returns its record id.</summary>
    public async Task<string> PutRecordAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        (await PutRecordAsync(new PutRecordRequest { DeliveryStreamName = name, Record = new Record { Data = data } }, cancellationToken)).RecordId;

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

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static DeliveryStreamSummary Summary(DeliveryStreamDescription description)
    {
        var destination = description.Destinations.Count > 0 ? description.Destinations[0] : null;
        var (extended, plain) = (destination?.ExtendedS3DestinationDescription, destination?.S3DestinationDescription);
        var hints = extended?.BufferingHints ?? plain?.BufferingHints;
        var logging = LoggingOf(destination);
        return new DeliveryStreamSummary(
            description.DeliveryStreamName,
            description.DeliveryStreamArn,
            description.DeliveryStreamStatus,
            description.DeliveryStreamType,
            description.Source?.KinesisStreamSourceDescription?.KinesisStreamArn,
            extended?.BucketArn ?? plain?.BucketArn,
            extended?.Prefix ?? plain?.Prefix,
            extended?.ErrorOutputPrefix ?? plain?.ErrorOutputPrefix,
            hints?.SizeInMBs,
            hints?.IntervalInSeconds,
            extended?.CompressionFormat ?? plain?.CompressionFormat,
            description.CreateTimestamp)
        {
            LogGroup = logging?.LogGroupName,
            LogStream = logging?.LogStreamName,
        };
    }

    /// <summary>Where errors are logged, whatever kind of destination it is; null for nowhere.</summary>
    private static CloudWatchLoggingOptions? LoggingOf(DestinationDescription? destination)
    {
        var options = destination?.ExtendedS3DestinationDescription?.CloudWatchLoggingOptions ?? destination?.S3DestinationDescription?.CloudWatchLoggingOptions;
        foreach (var other in destination?.Others?.Values ?? [])
        {
            if (other.ValueKind == JsonValueKind.Object && other.TryGetProperty("CloudWatchLoggingOptions", out var logging))
                options ??= logging.Deserialize(FirehoseJson.Default.CloudWatchLoggingOptions);
        }
        return options is { Enabled: true } ? options : null;
    }
}
