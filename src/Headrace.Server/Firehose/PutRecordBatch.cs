using Headrace.Delivery;
using Headrace.Delivery.Encryption;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;

namespace Headrace.Server.Firehose;

internal sealed class PutRecordBatch(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(PutRecordBatch);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        using var batch = new RecordBatch(capacity: request.Body.Length + 64, records: DeliveryLimits.MaxBatchRecords);
        var body = new PutRecordBatchBody(batch);
        var name = Parse(request, body);
        PutRecordBatchCheck.Size(body);
        // Once begun, a put is finished whether or not the client waits: the batch belongs to the log until then.
        var errors = request.Faults?.DrawRecords(batch.Count);
        var stream = errors is null ? await delivery.PutAsync(request.Scope, name, batch) : await FaultedBatch.PutAsync(delivery, request.Scope, name, batch, errors);
        await request.RespondAsync(writer =>
        {
            writer.WriteNumber("FailedPutCount", errors?.Count(static error => error is not null) ?? 0);
            writer.WriteBoolean("Encrypted", stream.EncryptionStatus == EncryptionStatus.Enabled);
            writer.WriteStartArray("RequestResponses");
            for (var i = 0; i < batch.Count; i++)
            {
                writer.WriteStartObject();
                if (errors?[i] is { } error)
                    FaultedBatch.WriteError(writer, error);
                else
                    RecordIds.Write(writer, stream, batch, i);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static string Parse(AwsJsonRequest request, PutRecordBatchBody body)
    {
        if (body.TryParse(request.Body.Span, single: false))
            return body.DeliveryStreamName!;
        body.Reset();
        return PutRecordBatchCheck.Many(request.ReadMembers(), body);
    }
}
