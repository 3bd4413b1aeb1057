using System.Formats.Cbor;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Headrace.EndToEnd.Tests.Fuzzing;

/// <summary>Makes requests that are almost right: a valid one, of which body, headers or target are changed at random. One seed, one sequence.</summary>
internal sealed class RequestMutator(int seed)
{
    private const string Stream = "\"StreamName\":\"fuzzed\"";
    private const string Shard = "\"ShardId\":\"shardId-000000000000\"";
    private const string Arn = "\"StreamARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/fuzzed\"";

    private static readonly (string Target, string Body)[] Valid =
    [
        ("Kinesis_20131202.CreateStream", "{" + Stream + ",\"ShardCount\":1,\"Tags\":{\"a\":\"b\"}}"),
        ("Kinesis_20131202.PutRecord", "{" + Stream + ",\"Data\":\"AAECAwQ=\",\"PartitionKey\":\"key\",\"ExplicitHashKey\":\"17\"}"),
        ("Kinesis_20131202.PutRecords", "{" + Stream + ",\"Records\":[{\"Data\":\"AAEC\",\"PartitionKey\":\"a\"},{\"Data\":\"\",\"PartitionKey\":\"b\",\"ExplicitHashKey\":\"0\"}]}"),
        ("Kinesis_20131202.GetShardIterator", "{" + Stream + "," + Shard + ",\"ShardIteratorType\":\"AT_TIMESTAMP\",\"Timestamp\":1700000000.5}"),
        ("Kinesis_20131202.GetShardIterator", "{" + Arn + "," + Shard + ",\"ShardIteratorType\":\"AT_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"49590338271490256608559692538361571095921575989136588802\"}"),
        ("Kinesis_20131202.GetRecords", "{\"ShardIterator\":\"AAAAAAAAAAGq6L8S6xJd\",\"Limit\":10}"),
        ("Kinesis_20131202.ListShards", "{" + Stream + ",\"MaxResults\":5,\"ShardFilter\":{\"Type\":\"AT_TIMESTAMP\",\"Timestamp\":1700000000}}"),
        ("Kinesis_20131202.ListShards", "{\"NextToken\":\"AAAAAAAAAAGq6L8S6xJd\"}"),
        ("Kinesis_20131202.SplitShard", "{" + Stream + ",\"ShardToSplit\":\"shardId-000000000000\",\"NewStartingHashKey\":\"1000\"}"),
        ("Kinesis_20131202.MergeShards", "{" + Stream + ",\"ShardToMerge\":\"shardId-000000000001\",\"AdjacentShardToMerge\":\"shardId-000000000002\"}"),
        ("Kinesis_20131202.UpdateShardCount", "{" + Stream + ",\"TargetShardCount\":2,\"ScalingType\":\"UNIFORM_SCALING\"}"),
        ("Kinesis_20131202.AddTagsToStream", "{" + Stream + ",\"Tags\":{\"k\":\"v\"}}"),
        ("Kinesis_20131202.RemoveTagsFromStream", "{" + Stream + ",\"TagKeys\":[\"k\"]}"),
        ("Kinesis_20131202.IncreaseStreamRetentionPeriod", "{" + Stream + ",\"RetentionPeriodHours\":48}"),
        ("Kinesis_20131202.DescribeStream", "{" + Arn + ",\"Limit\":1,\"ExclusiveStartShardId\":\"shardId-000000000000\"}"),
        ("Kinesis_20131202.ListStreams", "{\"Limit\":3,\"ExclusiveStartStreamName\":\"a\"}"),
        ("Kinesis_20131202.RegisterStreamConsumer", "{" + Arn + ",\"ConsumerName\":\"c\"}"),
        ("Kinesis_20131202.DeregisterStreamConsumer", "{" + Arn + ",\"ConsumerName\":\"c\"}"),
        ("Kinesis_20131202.SubscribeToShard", "{\"ConsumerARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/fuzzed/consumer/c:1\"," + Shard + ",\"StartingPosition\":{\"Type\":\"LATEST\"}}"),
        ("Kinesis_20131202.UpdateStreamMode", "{" + Arn + ",\"StreamModeDetails\":{\"StreamMode\":\"ON_DEMAND\"},\"WarmThroughputMiBps\":5}"),
        ("Kinesis_20131202.UpdateStreamMode", "{" + Arn + ",\"StreamModeDetails\":{\"StreamMode\":\"PROVISIONED\"}}"),
        ("Kinesis_20131202.UpdateStreamWarmThroughput", "{" + Stream + ",\"WarmThroughputMiBps\":6}"),
        ("Kinesis_20131202.UpdateStreamRecordDistributionStrategy", "{" + Arn + ",\"RecordDistributionStrategy\":\"AUTO\"}"),
        ("Kinesis_20131202.UpdateMaxRecordSize", "{" + Arn + ",\"MaxRecordSizeInKiB\":2048}"),
        ("Kinesis_20131202.UpdateAccountSettings", "{\"MinimumThroughputBillingCommitment\":{\"Status\":\"ENABLED\"}}"),
        ("Kinesis_20131202.StartStreamEncryption", "{" + Stream + ",\"EncryptionType\":\"KMS\",\"KeyId\":\"alias/aws/kinesis\"}"),
        ("Kinesis_20131202.StopStreamEncryption", "{" + Stream + ",\"EncryptionType\":\"KMS\",\"KeyId\":\"alias/aws/kinesis\"}"),
        ("Kinesis_20131202.EnableEnhancedMonitoring", "{" + Stream + ",\"ShardLevelMetrics\":[\"IncomingBytes\",\"ALL\"]}"),
        ("Kinesis_20131202.TagResource", "{\"ResourceARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/fuzzed\",\"Tags\":{\"k\":\"v\"}}"),
        ("Kinesis_20131202.PutResourcePolicy", "{\"ResourceARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/fuzzed\",\"Policy\":\"{}\"}"),
        ("Kinesis_20131202.PutRecord", "{" + Stream + ",\"Data\":\"AAEC\",\"PartitionKey\":\"k\",\"SequenceNumberForOrdering\":\"1\",\"DryRun\":true}"),
        ("Firehose_20150804.PutRecordBatch", "{\"DeliveryStreamName\":\"fuzzed\",\"Records\":[{\"Data\":\"AAEC\"}]}"),
        ("Firehose_20150804.CreateDeliveryStream", "{\"DeliveryStreamName\":\"d\",\"ExtendedS3DestinationConfiguration\":{\"RoleARN\":\"arn:aws:iam::000000000000:role/r\",\"BucketARN\":\"arn:aws:s3:::none\",\"BufferingHints\":{\"SizeInMBs\":1,\"IntervalInSeconds\":60}}}"),
        ("Firehose_20150804.DescribeDeliveryStream", "{\"DeliveryStreamName\":\"d\",\"Limit\":1,\"ExclusiveStartDestinationId\":\"destinationId-000000000000\"}"),
        ("Firehose_20150804.ListDeliveryStreams", "{\"Limit\":3,\"DeliveryStreamType\":\"DirectPut\",\"ExclusiveStartDeliveryStreamName\":\"a\"}"),
        ("Firehose_20150804.PutRecord", "{\"DeliveryStreamName\":\"d\",\"Record\":{\"Data\":\"AAEC\"}}"),
        ("Firehose_20150804.TagDeliveryStream", "{\"DeliveryStreamName\":\"d\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}"),
        ("Firehose_20150804.UntagDeliveryStream", "{\"DeliveryStreamName\":\"d\",\"TagKeys\":[\"k\"]}"),
        ("Firehose_20150804.ListTagsForDeliveryStream", "{\"DeliveryStreamName\":\"d\",\"Limit\":5,\"ExclusiveStartTagKey\":\"k\"}"),
        ("Firehose_20150804.StartDeliveryStreamEncryption", "{\"DeliveryStreamName\":\"d\",\"DeliveryStreamEncryptionConfigurationInput\":{\"KeyType\":\"CUSTOMER_MANAGED_CMK\",\"KeyARN\":\"arn:aws:kms:us-east-1:000000000000:key/k\"}}"),
        ("Firehose_20150804.StopDeliveryStreamEncryption", "{\"DeliveryStreamName\":\"d\"}"),
        ("Firehose_20150804.UpdateDestination", "{\"DeliveryStreamName\":\"d\",\"CurrentDeliveryStreamVersionId\":\"1\",\"DestinationId\":\"destinationId-000000000001\",\"ExtendedS3DestinationUpdate\":{\"Prefix\":\"p/!{timestamp:yyyy}/\",\"ErrorOutputPrefix\":\"e/!{firehose:error-output-type}/\",\"CustomTimeZone\":\"Asia/Tokyo\",\"FileExtension\":\".a\"}}"),
        ("Firehose_20150804.CreateDeliveryStream", "{\"DeliveryStreamName\":\"e\",\"HttpEndpointDestinationConfiguration\":{\"EndpointConfiguration\":{\"Url\":\"https://127.0.0.1:9/\"},\"RequestConfiguration\":{\"CommonAttributes\":[{\"AttributeName\":\"a\",\"AttributeValue\":\"b\"}]},\"S3Configuration\":{\"RoleARN\":\"arn:aws:iam::000000000000:role/r\",\"BucketARN\":\"arn:aws:s3:::none\"}}}"),
        ("Firehose_20150804.CreateDeliveryStream", "{\"DeliveryStreamName\":\"p\",\"ExtendedS3DestinationConfiguration\":{\"RoleARN\":\"arn:aws:iam::000000000000:role/r\",\"BucketARN\":\"arn:aws:s3:::none\",\"Prefix\":\"!{partitionKeyFromQuery:k}/\",\"ErrorOutputPrefix\":\"e/\",\"DynamicPartitioningConfiguration\":{\"Enabled\":true,\"RetryOptions\":{\"DurationInSeconds\":9}},\"ProcessingConfiguration\":{\"Enabled\":true,\"Processors\":[{\"Type\":\"MetadataExtraction\",\"Parameters\":[{\"ParameterName\":\"MetadataExtractionQuery\",\"ParameterValue\":\"{k: .k}\"},{\"ParameterName\":\"JsonParsingEngine\",\"ParameterValue\":\"JQ-1.6\"}]}]}}}"),
        ("Firehose_20150804.CreateDeliveryStream", "{\"DeliveryStreamName\":\"c\",\"ExtendedS3DestinationConfiguration\":{\"RoleARN\":\"arn:aws:iam::000000000000:role/r\",\"BucketARN\":\"arn:aws:s3:::none\",\"DataFormatConversionConfiguration\":{\"SchemaConfiguration\":{\"RoleARN\":\"r\",\"DatabaseName\":\"d\",\"TableName\":\"t\"},\"InputFormatConfiguration\":{\"Deserializer\":{\"HiveJsonSerDe\":{\"TimestampFormats\":[\"yyyy\"]},\"OpenXJsonSerDe\":{\"ColumnToJsonKeyMappings\":{\"a\":\"b\"}}}},\"OutputFormatConfiguration\":{\"Serializer\":{\"ParquetSerDe\":{\"BlockSizeBytes\":67108864,\"Compression\":\"GZIP\"}}}}}}"),
        ("Firehose_20150804.DeleteDeliveryStream", "{\"DeliveryStreamName\":\"e\",\"AllowForceDelete\":true}"),
    ];

    private static readonly string[] Values =
        ["null", "true", "-1", "0", "1e400", "-0.0", "9223372036854775808", "99999999999999999999999999", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"é☃\"", "[]", "{}", "[[[[[]]]]]", "\"AAAA=\"", "1.5"];

    private static readonly string[] Headers =
        ["Authorization", "amz-sdk-invocation-id", "amz-sdk-request", "X-Amz-Date", "Origin", "X-Amz-Content-Sha256", "Content-Encoding", "X-Amz-Security-Token", "Expect-Nothing"];

    private readonly Random _random = new(seed);

    /// <summary>The next request, to be sent and disposed by the caller.</summary>
    public HttpRequestMessage Next(Uri endpoint)
    {
        var (target, json) = Valid[_random.Next(Valid.Length)];
        if (_random.Next(2) == 0)
            json = WithOtherValue(json);
        var isCbor = _random.Next(2) == 0;
        var body = (isCbor ? CborOf(json) : null) ?? Encoding.UTF8.GetBytes(json);
        for (var changes = _random.Next(4); changes > 0; changes--)
            body = Changed(body);
        var request = new HttpRequestMessage(_random.Next(50) == 0 ? HttpMethod.Put : HttpMethod.Post, _random.Next(50) == 0 ? new Uri(endpoint, $"/p{Printable(20)}") : endpoint)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(_random.Next(40) == 0 ? "text/plain" : isCbor ? "application/x-amz-cbor-1.1" : "application/x-amz-json-1.1");
        if (_random.Next(100) > 0)
            request.Headers.TryAddWithoutValidation("X-Amz-Target", _random.Next(20) == 0 ? Encoding.ASCII.GetString(Changed(Encoding.ASCII.GetBytes(target)).Select(b => (byte)(32 + (b % 95))).ToArray()) : target);
        if (_random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation(Headers[_random.Next(Headers.Length)], Printable(60));
        return request;
    }

    /// <summary>Puts some value where another was.</summary>
    private string WithOtherValue(string json)
    {
        var colons = json.Select((c, i) => (c, i)).Where(at => at.c == ':' && json[at.i - 1] == '"').Select(at => at.i).ToArray();
        var start = colons[_random.Next(colons.Length)] + 1;
        var end = json.IndexOfAny([',', '}'], start);
        return json[..start] + Values[_random.Next(Values.Length)] + json[end..];
    }

    private byte[] Changed(byte[] bytes)
    {
        if (bytes.Length == 0)
            return [(byte)_random.Next(256)];
        var at = _random.Next(bytes.Length);
        var changed = bytes.ToArray();
        switch (_random.Next(5))
        {
            case 0:
                changed[at] = (byte)_random.Next(256);
                return changed;
            case 1:
                changed[at] ^= (byte)(1 << _random.Next(8));
                return changed;
            case 2:
                return bytes[..at];
            case 3:
                var more = new byte[_random.Next(1, 40)];
                _random.NextBytes(more);
                return [.. bytes[..at], .. more, .. bytes[at..]];
            default:
                return [.. bytes[..at], .. bytes[_random.Next(bytes.Length)..]];
        }
    }

    private string Printable(int most) => string.Concat(Enumerable.Range(0, _random.Next(1, most)).Select(_ => (char)_random.Next('!', '~')));

    /// <summary>The same in CBOR, with data as bytes; null where the JSON is none or has what CBOR has not.</summary>
    private static byte[]? CborOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var writer = new CborWriter(CborConformanceMode.Lax);
            Write(writer, document.RootElement, null);
            return writer.Encode();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(CborWriter writer, JsonElement value, string? member)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartMap(null);
                foreach (var property in value.EnumerateObject())
                {
                    writer.WriteTextString(property.Name);
                    Write(writer, property.Value, property.Name);
                }
                writer.WriteEndMap();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray(null);
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, null);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when member == "Data":
                writer.WriteByteString(value.GetBytesFromBase64());
                break;
            case JsonValueKind.String:
                writer.WriteTextString(value.GetString()!);
                break;
            case JsonValueKind.Number:
                writer.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.Null:
                writer.WriteNull();
                break;
            default:
                writer.WriteBoolean(value.GetBoolean());
                break;
        }
    }
}
