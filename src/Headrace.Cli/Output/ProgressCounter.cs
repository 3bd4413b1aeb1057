namespace Headrace.Cli.Output;

/// <summary>One number of long work that a user watches grow. Thread-safe.</summary>
internal sealed class ProgressCounter(string name, long? total)
{
    private long _value;

    public string Name { get; } = name;

    /// <summary>What the value is measured in, where it goes up and down; null where it counts, and has a rate.</summary>
    public string? Unit { get; init; }

    /// <summary>What <see cref="Value"/> will be at the end; null while nobody knows.</summary>
    public long? Total { get; } = total;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long amount) => Interlocked.Add(ref _value, amount);

    public void Set(long value) => Interlocked.Exchange(ref _value, value);
}
