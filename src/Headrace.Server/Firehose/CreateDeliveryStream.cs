using Headrace.Delivery;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Sources;
using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;
using Headrace.Server.Firehose.Unsupported;

namespace Headrace.Server.Firehose;

internal sealed class CreateDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    private const string Suffix = "DestinationConfiguration";

    private static readonly string[] UnsupportedSources = ["MSKSourceConfiguration", "DatabaseSourceConfiguration"];

    public string Name => nameof(CreateDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var type = members.String("DeliveryStreamType", oneOf: FirehosePatterns.DeliveryStreamTypes) ?? nameof(DeliveryStreamType.DirectPut);
        var hint = members.Structure("DirectPutSourceConfiguration")?.Integer("ThroughputHintInMBs", required: true, min: 1, max: 100);
        var source = ReadSource(members.Structure("KinesisStreamSourceConfiguration"));
        var encryption = EncryptionMembers.Read(members);
        var tags = TagMembers.Read(members, required: false);
        var plain = S3DestinationMembers.Read(members.Structure("S3DestinationConfiguration", hidesValues: true), isUpdate: false, isExtended: false);
        var extended = S3DestinationMembers.Read(members.Structure("ExtendedS3DestinationConfiguration", hidesValues: true), isUpdate: false, isExtended: true);
        var endpoint = HttpEndpointMembers.Read(members.Structure("HttpEndpointDestinationConfiguration", hidesValues: true), isUpdate: false);
        OtherDestinations.Read(members, isUpdate: false);
        OtherSources.Read(members);
        members.ThrowIfInvalid();

        if (type == "MSKAsSource" && !members.Has("MSKSourceConfiguration"))
            throw S3DestinationMembers.Invalid("MSKSourceConfig is mandatory for MSK as Source stream type.");
        if (type == "DatabaseAsSource" && !members.Has("IcebergDestinationConfiguration"))
            throw S3DestinationMembers.Invalid("IcebergDestinationConfiguration must be specified for Database as Source.");
        if (UnsupportedSources.FirstOrDefault(members.Has) is { } unsupported)
            throw S3DestinationMembers.NotSupported(unsupported);
        if (!Enum.TryParse<DeliveryStreamType>(type, out var knownType))
            throw S3DestinationMembers.Invalid($"DeliveryStreamType {type} is not supported.");
        DestinationChoice.RefuseUnsupported(DestinationChoice.Of(members, Suffix), Suffix);
        var settings = (plain ?? extended ?? endpoint)!;
        S3DestinationMembers.Check(settings);
        var stream = await delivery.CreateAsync(
            request.Scope,
            new DeliveryStreamDefinition
            {
                Name = name!,
                Type = knownType,
                Destination = S3Destination.Of(settings),
                KinesisSource = source,
                ThroughputHintMegabytes = (int?)hint,
                EncryptionKey = encryption?.Key,
                EncryptionKeyArn = encryption?.Arn,
                Tags = tags ?? [],
            },
            request.Aborted);
        await request.RespondAsync(writer => writer.WriteString("DeliveryStreamARN", stream.Arn));
    }

    private static KinesisStreamSource? ReadSource(MemberReader? source) => source is null ? null : new KinesisStreamSource(
        source.String("KinesisStreamARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.StreamArn)!,
        source.String("RoleARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.RoleArn)!);
}
