namespace Headrace.Pipelines;

/// <summary>Lets messages pass for which a condition holds, or (<paramref name="keep"/> false) for which it does not.</summary>
internal sealed class FilterStep(string stage, string condition, bool keep) : MessageStep(stage)
{
    private readonly Expression _condition = new(condition);

    public override void Dispose() => _condition.Dispose();

    protected override string? Take(in Message message, StepBatch batch)
    {
        if (_condition.Evaluate(message.Json, out var value) is { } reason)
            return reason;
        if (value.IsTrue == keep)
            batch.Emit(message.Origin, message.Json);
        return null;
    }
}
