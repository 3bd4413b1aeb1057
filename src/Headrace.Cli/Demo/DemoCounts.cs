namespace Headrace.Cli.Demo;

/// <summary>What a demo counts on the way from the producer to the ETL's destinations. Thread-safe.</summary>
internal sealed class DemoCounts
{
    private long _producedUsa;
    private long _producedInternational;
    private long _routedUsa;
    private long _routedInternational;
    private long _transformed;
    private long _deadLettered;

    public long Produced => ProducedFor(DemoSide.Usa) + ProducedFor(DemoSide.International);

    public long Routed => RoutedTo(DemoSide.Usa) + RoutedTo(DemoSide.International);

    /// <summary>Records that the ETL could transform.</summary>
    public long Transformed => Interlocked.Read(ref _transformed);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    /// <summary>Records acknowledged whose country belongs to <paramref name="side"/>.</summary>
    public long ProducedFor(string side) => Interlocked.Read(ref side == DemoSide.Usa ? ref _producedUsa : ref _producedInternational);

    /// <summary>Records that the ETL transformed and its destination stream acknowledged.</summary>
    public long RoutedTo(string side) => Interlocked.Read(ref side == DemoSide.Usa ? ref _routedUsa : ref _routedInternational);

    public void AddProduced(string side) => Interlocked.Increment(ref side == DemoSide.Usa ? ref _producedUsa : ref _producedInternational);

    public void SetRouted(string side, long count) => Interlocked.Exchange(ref side == DemoSide.Usa ? ref _routedUsa : ref _routedInternational, count);

    public void SetTransformed(long count) => Interlocked.Exchange(ref _transformed, count);

    public void SetDeadLettered(long count) => Interlocked.Exchange(ref _deadLettered, count);
}
