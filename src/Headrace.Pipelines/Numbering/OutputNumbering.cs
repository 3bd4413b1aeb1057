using System.Runtime.InteropServices;

namespace Headrace.Pipelines;

/// <summary>Numbers the outputs of a page. A worker's own: not thread-safe.</summary>
internal sealed class OutputNumbering(int destinations)
{
    private readonly (long Position, int Count)[] _last = new (long, int)[destinations];

    /// <summary>Gives each output its number, as far as the page's records have positions; fails records with more outputs than can be numbered.</summary>
    /// <param name="batch">Where the outputs come from; messages are in the order of their records.</param>
    /// <param name="outputs">The outputs, in order.</param>
    public void Number(StepBatch batch, List<RoutedOutput> outputs)
    {
        Array.Fill(_last, (-1, 0));
        var records = batch.Page.Records;
        var (positionOf, position) = (Message.NoOrigin, 0L);
        var faults = 0;
        foreach (ref var output in CollectionsMarshal.AsSpan(outputs))
        {
            if (output.Origin == Message.NoOrigin)
                continue;
            if (output.Origin != positionOf)
            {
                if (!SourcePosition.TryRead(records[output.Origin].SequenceNumber, out position))
                    return;
                positionOf = output.Origin;
            }
            ref var last = ref _last[output.Destination];
            // The records of an aggregate have one position together.
            last = last.Position == position ? (position, last.Count + 1) : (position, 0);
            if (last.Count < OutputNumber.MaxOutputs)
            {
                output = output with { Number = OutputNumber.Of(position, last.Count) };
                continue;
            }
            batch.Fail(new Message(output.Origin, output.Json), Router.Stage, $"it becomes more than {OutputNumber.MaxOutputs:N0} records for one destination");
            faults++;
        }
        if (faults > 0)
            outputs.RemoveAll(output => batch.Faults.ContainsKey(output.Origin));
    }
}
