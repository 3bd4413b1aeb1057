namespace Headrace.Client.Firehose;

/// <summary>How records are read.</summary>
public sealed record InputFormatConfiguration
{
    /// <summary>How records are read.</summary>
    public Deserializer? Deserializer { get; init; }
}
