using System.Text.Json;
using Headrace.ControlPlane;
using Headrace.Delivery;
using Headrace.ShardLog;

namespace Headrace.Server.Firehose;

/// <summary>A PutRecordBatch some of whose records fault rules have fail: the others are stored.</summary>
internal static class FaultedBatch
{
    /// <summary>Puts the records without an error; the whole batch then knows their places.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound, InvalidArgument or Unavailable.</exception>
    public static async ValueTask<DeliveryStream> PutAsync(DeliveryService delivery, AccountScope scope, string name, RecordBatch batch, string?[] errors)
    {
        using var kept = new RecordBatch();
        for (var i = 0; i < batch.Count; i++)
        {
            if (errors[i] is null)
                kept.Add(0, batch.KeyOf(i), batch.DataOf(i));
        }
        if (kept.Count == 0)
            return delivery.Get(scope, name);
        var stream = await delivery.PutAsync(scope, name, kept);
        batch.ArrivalUnixMs = kept.ArrivalUnixMs;
        for (int i = 0, next = 0; i < batch.Count; i++)
        {
            if (errors[i] is null)
                batch.SetPlace(i, 0, kept.PositionOf(next++));
        }
        return stream;
    }

    public static void WriteError(Utf8JsonWriter writer, string error)
    {
        writer.WriteString("ErrorCode", error);
        writer.WriteString("ErrorMessage", error == "InternalFailure" ? "Internal service failure." : "Slow down.");
    }
}
