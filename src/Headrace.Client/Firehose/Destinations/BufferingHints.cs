namespace Headrace.Client.Firehose;

/// <summary>When an object is due: whichever comes first.</summary>
public sealed record BufferingHints
{
    /// <summary>As soon as there is so much, in MiB. 1 to 128.</summary>
    public int? SizeInMBs { get; init; }

    /// <summary>As soon as it is so old, in seconds. At most 900.</summary>
    public int? IntervalInSeconds { get; init; }
}
