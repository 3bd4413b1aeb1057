using Headrace.Server.AwsJson;

namespace Headrace.Server.Faults;

/// <summary>The failures that one operation is to rehearse. Thread-safe.</summary>
internal sealed class OperationFaults
{
    private readonly FaultDraw[] _calls;
    private readonly FaultDraw[] _records;

    public OperationFaults(IEnumerable<FaultDraw> draws)
    {
        var all = draws.ToList();
        _calls = [.. all.Where(draw => !draw.Rule.IsByRecord)];
        _records = [.. all.Where(draw => draw.Rule.IsByRecord)];
    }

    /// <summary>Draws for a call, rule by rule, and waits where a rule says so.</summary>
    /// <returns>True when the call is to be carried out and its answer lost.</returns>
    /// <exception cref="WireException">The call is to fail.</exception>
    public async ValueTask<bool> ApplyAsync(CancellationToken cancellation)
    {
        var isLost = false;
        foreach (var draw in _calls)
        {
            if (!draw.Next())
                continue;
            var rule = draw.Rule;
            if (rule.Delay > TimeSpan.Zero)
                await Task.Delay(rule.Delay, cancellation);
            if (rule.Error == FaultRule.LostAnswer)
                isLost = true;
            else if (rule.Error != FaultRule.OnlyDelay)
                throw new WireException(RehearsableService.Named(rule.Service)!.Errors[rule.Error], rule.Error, $"The server rehearses this failure: it was told to by a fault rule for {rule.Operation}.");
        }
        return isLost;
    }

    /// <summary>Draws for each record of a put of many; null when none is to fail.</summary>
    public string?[]? DrawRecords(int count)
    {
        if (_records.Length == 0)
            return null;
        string?[]? errors = null;
        for (var i = 0; i < count; i++)
        {
            foreach (var draw in _records)
            {
                if (draw.Next())
                    (errors ??= new string?[count])[i] ??= draw.Rule.Error;
            }
        }
        return errors;
    }
}
