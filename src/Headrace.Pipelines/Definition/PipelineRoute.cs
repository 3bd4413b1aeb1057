namespace Headrace.Pipelines;

/// <summary>A record's way to one destination or several.</summary>
/// <param name="To">Names of destinations.</param>
public sealed record PipelineRoute(IReadOnlyList<string> To)
{
    /// <summary>The jq expression that must hold; without one every record takes the route.</summary>
    public string? When { get; init; }

    /// <summary>The routes below are tried as well; otherwise the first route that takes a record is its last.</summary>
    public bool Continue { get; init; }

    /// <summary>In place of <see cref="When"/>, for pipelines in C#.</summary>
    internal Func<ReadOnlyMemory<byte>, bool>? Matches { get; init; }
}
