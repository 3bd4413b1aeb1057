namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListTagsForStream</c> answers.</summary>
public sealed record ListTagsForStreamResponse
{
    /// <summary>Tags in the order of their keys.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Whether the list goes on behind these.</summary>
    public required bool HasMoreTags { get; init; }
}
