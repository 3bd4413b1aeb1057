namespace Headrace.Client.Firehose;

/// <summary>How records are written.</summary>
public sealed record OutputFormatConfiguration
{
    /// <summary>How they are written.</summary>
    public Serializer? Serializer { get; init; }
}
