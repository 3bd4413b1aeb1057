namespace Headrace.Client;

/// <summary>A registered consumer of a stream: it has records pushed, with throughput of its own.</summary>
/// <param name="Name">Unique in its stream.</param>
/// <param name="Arn">What a subscription names.</param>
/// <param name="Status"><c>CREATING</c>, <c>ACTIVE</c> or <c>DELETING</c>.</param>
public sealed record StreamConsumer(string Name, string Arn, string Status);
