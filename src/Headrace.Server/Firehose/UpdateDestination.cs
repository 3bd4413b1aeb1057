using Headrace.Delivery;
using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;
using Headrace.Server.Firehose.Unsupported;

namespace Headrace.Server.Firehose;

internal sealed class UpdateDestination(DeliveryService delivery) : IAwsJsonOperation
{
    private const string Suffix = "DestinationUpdate";

    public string Name => nameof(UpdateDestination);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var version = members.String("CurrentDeliveryStreamVersionId", required: true, min: 1, max: 50, pattern: FirehosePatterns.VersionId);
        var destination = members.String("DestinationId", required: true, min: 1, max: 100, pattern: FirehosePatterns.DestinationId);
        var plain = S3DestinationMembers.Read(members.Structure("S3DestinationUpdate", hidesValues: true), isUpdate: true, isExtended: false);
        var extended = S3DestinationMembers.Read(members.Structure("ExtendedS3DestinationUpdate", hidesValues: true), isUpdate: true, isExtended: true);
        OtherDestinations.Read(members, isUpdate: true);
        var endpoint = HttpEndpointMembers.Read(members.Structure("HttpEndpointDestinationUpdate", hidesValues: true), isUpdate: true);
        members.ThrowIfInvalid();

        var stream = delivery.Get(request.Scope, name!);
        var given = DestinationChoice.Of(members, Suffix);
        if (given == "HttpEndpoint" + Suffix != stream.Destination.Endpoint is not null)
            throw S3DestinationMembers.Invalid("Changing the destination type to or from HttpEndpoint is not supported at this time.");
        DestinationChoice.RefuseUnsupported(given, Suffix);
        var settings = (plain ?? extended ?? endpoint)!;
        S3DestinationMembers.Check(settings);
        await delivery.UpdateAsync(request.Scope, name!, version!, destination!, settings, request.Aborted);
        await request.RespondAsync(_ => { });
    }
}
