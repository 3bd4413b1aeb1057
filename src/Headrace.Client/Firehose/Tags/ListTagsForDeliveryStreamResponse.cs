namespace Headrace.Client.Firehose;

/// <summary>What <c>ListTagsForDeliveryStream</c> answers.</summary>
public sealed record ListTagsForDeliveryStreamResponse
{
    /// <summary>Tags.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Whether the list goes on behind these.</summary>
    public required bool HasMoreTags { get; init; }
}
