namespace Headrace.Cli.Records;

/// <summary>Holds work to a rate, on average since its start: it never bursts to catch up more than a tenth of a second.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{


    private readonly double _ticksEach = time.TimestampFrequency / perSecond;
    private readonly double _maxCatchUp = time.TimestampFrequency / 10.0;
    private double _next = time.GetTimestamp();

    /// <summary>Completes when the next item may go.</summary>
    public ValueTask WaitAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        _next = Math.Max(_next, now - _maxCatchUp) + _ticksEach;
        var ahead = (_next - _ticksEach - now) / time.TimestampFrequency;
        return ahead < 0.002 ? ValueTask.CompletedTask : new ValueTask(Task.Delay(TimeSpan.FromSeconds(ahead), time, cancellation));
    }
}
