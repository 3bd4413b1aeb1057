using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>Data Firehose on the wire.</summary>
internal static class FirehoseService
{
    public static AwsJsonService Create(DeliveryService delivery) => new("Firehose_20150804", 8 << 20, _ => null, []);
}
