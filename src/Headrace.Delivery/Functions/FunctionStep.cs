using System.Globalization;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Functions;

/// <summary>Has a function make of records what it will: other ones, none, or failed ones.</summary>
internal sealed class FunctionStep(Processor processor, FunctionEndpoint endpoint, FunctionRequest request, StageReport report, TimeProvider time) : IProcessingStep
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly string _arn = processor[ProcessorParameters.LambdaArn]!;
    private readonly int _retries = int.Parse(processor[ProcessorParameters.NumberOfRetries] ?? "3", CultureInfo.InvariantCulture);

    public async ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        if (!endpoint.IsThere)
            throw new DeliveryStandstillException("Lambda.ConnectionFailed", "The server was started without an endpoint for functions; start it with --lambda-endpoint.");
        var answers = new FunctionAnswer?[batch.Records.Count];
        for (int from = 0, count; from < batch.Records.Count; from += count)
        {
            count = FunctionRequest.CountFrom(batch.Records, from);
            await InvokeAsync(batch, from, count, answers, cancellation);
        }
        var index = 0;
        batch.Transform((record, next) =>
        {
            // What has no answer is among the failed ones already.
            if (answers[index++] is not { } answer)
                return;
            if (answer.Result == FunctionResult.Ok)
                next.Add(record with { Data = batch.Arena.Add(answer.Data), FunctionKeys = answer.Keys });
            else if (answer.Result == FunctionResult.ProcessingFailed)
                Fail(batch, record, "Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record", attempts: 1);
        });
    }

    public void Dispose()
    {
    }

    private async Task InvokeAsync(WorkBatch batch, int from, int count, FunctionAnswer?[] answers, CancellationToken cancellation)
    {
        var payload = request.Of(batch, from, count);
        var delay = FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var given = FunctionAnswer.Read(await endpoint.InvokeAsync(_arn, payload, time, cancellation));
                var complete = Enumerable.Range(from, count).Select(i => given.GetValueOrDefault(request.IdOf(batch.Records[i], i)) ?? throw Missing()).ToArray();
                complete.CopyTo(answers, from);
                return;
            }
            catch (FunctionException failure)
            {
                report.Failed(new DeliveryStandstillException(failure.Code, failure.Message), _arn);
                if (attempt > _retries)
                {
                    for (var i = from; i < from + count; i++)
                        Fail(batch, batch.Records[i], failure.Code, failure.Message, attempt);
                    return;
                }
            }
            await Task.Delay(delay, time, cancellation);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private static FunctionException Missing() =>
        new("Lambda.MissingRecordId", "One or more record ids were not returned. Ensure that the Lambda function returns all received record ids.");

    private void Fail(WorkBatch batch, WorkRecord record, string code, string message, int attempts) =>
        batch.Failed.Add(new FailedRecord(record, ErrorOutputTypes.ProcessingFailed, code, message, attempts, _arn));
}
