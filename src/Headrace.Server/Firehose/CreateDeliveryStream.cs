using Headrace.Delivery;
using Headrace.Delivery.Sources;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class CreateDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    private const string S3 = "S3DestinationConfiguration";
    private const string ExtendedS3 = "ExtendedS3DestinationConfiguration";

    private static readonly string[] Unsupported =
    [
        "DeliveryStreamEncryptionConfigurationInput",
        "RedshiftDestinationConfiguration",
        "ElasticsearchDestinationConfiguration",
        "AmazonopensearchserviceDestinationConfiguration",
        "SplunkDestinationConfiguration",
        "HttpEndpointDestinationConfiguration",
        "AmazonOpenSearchServerlessDestinationConfiguration",
        "MSKSourceConfiguration",
        "SnowflakeDestinationConfiguration",
        "IcebergDestinationConfiguration",
        "DatabaseSourceConfiguration",
    ];

    public string Name => nameof(CreateDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var type = members.String("DeliveryStreamType", oneOf: FirehosePatterns.DeliveryStreamTypes) ?? nameof(DeliveryStreamType.DirectPut);
        var hint = members.Structure("DirectPutSourceConfiguration")?.Integer("ThroughputHintInMBs", required: true, min: 1, max: 100);
        var source = ReadSource(members.Structure("KinesisStreamSourceConfiguration"));
        var tags = TagMembers.Read(members, required: false);
        var plain = S3DestinationMembers.Read(members.Structure(S3), S3);
        var extended = S3DestinationMembers.Read(members.Structure(ExtendedS3), ExtendedS3);
        members.ThrowIfInvalid();

        if (members.Names.FirstOrDefault(Unsupported.Contains) is { } unsupported)
            throw S3DestinationMembers.NotSupported(unsupported);
        if (!Enum.TryParse<DeliveryStreamType>(type, out var knownType))
            throw new WireException(400, "InvalidArgumentException", $"DeliveryStreamType {type} is not supported.");
        if (plain is null == extended is null)
            throw new WireException(400, "InvalidArgumentException", "Exactly one destination configuration is supported for a Firehose");
        var stream = await delivery.CreateAsync(
            request.Scope,
            new DeliveryStreamDefinition
            {
                Name = name!,
                Type = knownType,
                Destination = (plain ?? extended)!(),
                KinesisSource = source,
                ThroughputHintMegabytes = (int?)hint,
                Tags = tags ?? [],
            },
            request.Aborted);
        await request.RespondAsync(writer => writer.WriteString("DeliveryStreamARN", stream.Arn));
    }

    private static KinesisStreamSource? ReadSource(MemberReader? source) => source is null ? null : new KinesisStreamSource(
        source.String("KinesisStreamARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.StreamArn)!,
        source.String("RoleARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.RoleArn)!);
}
