namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListTagsForResource</c> answers.</summary>
public sealed record ListTagsForResourceResponse
{
    /// <summary>Tags in the order of their keys.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}
