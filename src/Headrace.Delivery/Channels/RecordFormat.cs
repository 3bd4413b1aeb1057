namespace Headrace.Delivery.Channels;

/// <summary>What a channel expects its records to be; others become dead letters.</summary>
public enum RecordFormat
{
    /// <summary>Anything.</summary>
    ByteArray,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Text in UTF-8.</summary>
    String,
}
