using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Headrace.Delivery;
using Headrace.ShardLog;

namespace Headrace.Server.Firehose;

/// <summary>The ids that acknowledged records get: long and opaque, as AWS's are, and different for every record.</summary>
internal static class RecordIds
{
    private const int PlaceLength = 24;

    public static void Write(Utf8JsonWriter writer, DeliveryStream stream, RecordBatch batch, int record)
    {
        Span<byte> id = stackalloc byte[PlaceLength + SHA512.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(id, stream.Id);
        BinaryPrimitives.WriteInt64BigEndian(id[8..], batch.ArrivalUnixMs);
        BinaryPrimitives.WriteInt64BigEndian(id[16..], batch.PositionOf(record));
        SHA512.HashData(id[..PlaceLength], id[PlaceLength..]);
        writer.WriteBase64String("RecordId", id);
    }
}
