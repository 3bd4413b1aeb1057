using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>How requests and answers of Firehose are written in JSON, generated when this library is compiled.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UnixTimeConverter)])]
[JsonSerializable(typeof(CloudWatchLoggingOptions))]
[JsonSerializable(typeof(CreateDeliveryStreamRequest))]
[JsonSerializable(typeof(CreateDeliveryStreamResponse))]
[JsonSerializable(typeof(DeleteDeliveryStreamRequest))]
[JsonSerializable(typeof(DescribeDeliveryStreamRequest))]
[JsonSerializable(typeof(DescribeDeliveryStreamResponse))]
[JsonSerializable(typeof(ListDeliveryStreamsRequest))]
[JsonSerializable(typeof(ListDeliveryStreamsResponse))]
[JsonSerializable(typeof(ListTagsForDeliveryStreamRequest))]
[JsonSerializable(typeof(ListTagsForDeliveryStreamResponse))]
[JsonSerializable(typeof(PutRecordBatchRequest))]
[JsonSerializable(typeof(PutRecordBatchResponse))]
[JsonSerializable(typeof(PutRecordRequest))]
[JsonSerializable(typeof(PutRecordResponse))]
[JsonSerializable(typeof(StartDeliveryStreamEncryptionRequest))]
[JsonSerializable(typeof(StopDeliveryStreamEncryptionRequest))]
[JsonSerializable(typeof(TagDeliveryStreamRequest))]
[JsonSerializable(typeof(UntagDeliveryStreamRequest))]
[JsonSerializable(typeof(UpdateDestinationRequest))]
internal sealed partial class FirehoseJson : JsonSerializerContext;
