using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>A worker's own steps, one behind the other. Not thread-safe.</summary>
internal sealed class StepChain : IDisposable
{
    private readonly List<IStep> _steps = [];

    public StepChain(IEnumerable<StepDefinition> definitions)
    {
        try
        {
            foreach (var definition in definitions)
            {
                if (_steps.Count == 0 && definition.CreateParsing is { } create)
                {
                    _steps.Add(create());
                    continue;
                }
                if (_steps.Count == 0)
                    _steps.Add(new ParseStep());
                _steps.Add(definition.Create());
            }
            if (_steps.Count == 0)
                _steps.Add(new ParseStep());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Takes a page through all steps; the batch then holds what came out, and what failed.</summary>
    public async ValueTask<StepBatch> RunAsync(SourcePage page, CancellationToken cancellationToken)
    {
        var batch = new StepBatch(page);
        foreach (var step in _steps)
        {
            await step.RunAsync(batch, cancellationToken);
            batch.Advance();
        }
        return batch;
    }

    /// <summary>The source has ended: what steps still hold back comes out, where they were told so.</summary>
    public async ValueTask<StepBatch> EndAsync(CancellationToken cancellationToken)
    {
        var batch = new StepBatch(new SourcePage("", []));
        foreach (var step in _steps)
        {
            await step.RunAsync(batch, cancellationToken);
            (step as IStatefulStep)?.End(batch);
            batch.Advance();
        }
        return batch;
    }

    /// <summary>Writes what the steps remember, as one JSON array.</summary>
    public void Save(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var step in _steps.OfType<IStatefulStep>())
            step.Save(writer);
        writer.WriteEndArray();
    }

    /// <summary>Has the steps remember what was saved.</summary>
    /// <exception cref="PipelineException">It was saved by other steps.</exception>
    public void Load(JsonElement state)
    {
        var steps = _steps.OfType<IStatefulStep>().ToList();
        if (state.GetArrayLength() != steps.Count)
            throw new PipelineException("the checkpoint was saved by other steps than the pipeline has now; use another group or checkpoint file");
        for (var i = 0; i < steps.Count; i++)
            steps[i].Load(state[i]);
    }

    public void Dispose()
    {
        foreach (var step in _steps)
            step.Dispose();
    }
}
