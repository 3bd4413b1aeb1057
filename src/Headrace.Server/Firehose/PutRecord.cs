using Headrace.Delivery;
using Headrace.Delivery.Encryption;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;

namespace Headrace.Server.Firehose;

internal sealed class PutRecord(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(PutRecord);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        using var batch = new RecordBatch(capacity: request.Body.Length + 64, records: 1);
        var name = Parse(request, new PutRecordBatchBody(batch));
        // Once begun, a put is finished whether or not the client waits: the batch belongs to the log until then.
        var stream = await delivery.PutAsync(request.Scope, name, batch, single: true);
        await request.RespondAsync(writer =>
        {
            RecordIds.Write(writer, stream, batch, 0);
            writer.WriteBoolean("Encrypted", stream.EncryptionStatus == EncryptionStatus.Enabled);
        });
    }

    private static string Parse(AwsJsonRequest request, PutRecordBatchBody body)
    {
        if (body.TryParse(request.Body.Span, single: true))
            return body.DeliveryStreamName!;
        body.Reset();
        return PutRecordBatchCheck.One(request.ReadMembers(), body);
    }
}
