using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Kinesis Data Streams on the wire.</summary>
internal static class KinesisService
{
    public static AwsJsonService Create(StreamCatalog streams) => new("Kinesis_20131202", 16 << 20, _ => null, []);
}
