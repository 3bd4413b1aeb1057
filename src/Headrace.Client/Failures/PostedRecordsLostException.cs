namespace Headrace.Client;

/// <summary>Records that were given to <see cref="Producer.PostAsync(ReadOnlyMemory{byte}, string, CancellationToken)"/> could not be written.</summary>
/// <param name="count">How many.</param>
/// <param name="first">Why the first of them was not.</param>
public sealed class PostedRecordsLostException(long count, Exception first)
    : Exception($"{count} of the records that were posted could not be written; the first: {first?.Message}", first)
{
    /// <summary>How many records were lost since the last flush.</summary>
    public long Count { get; } = count;
}
