using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Programs;

/// <summary>Has one of the operator's programs make of records what it will.</summary>
internal sealed class ProgramStep(IRecordProgram program) : IProcessingStep
{
    private const string ErrorCode = "Exec.ProcessingFailed";

    public async ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) =>
        {
            if (JsonRecords.IsOne(batch.Arena[record.Data]))
                next.Add(record);
            else
                batch.Fail(record, ErrorCode, "Non JSON record provided");
        });
        if (batch.Records.Count == 0)
            return;
        var answers = await program.AskAsync([.. batch.Records.Select(record => batch.Arena.MemoryOf(record.Data))], cancellation);
        var index = 0;
        batch.Transform((record, next) =>
        {
            var answer = answers[index++];
            if (answer.Fault is { } fault)
                batch.Fail(record, ErrorCode, fault);
            else
                next.AddRange(answer.Records.Select(made => record with { Data = batch.Arena.Add(made.Span) }));
        });
    }

    public void Dispose() => program.Dispose();
}
