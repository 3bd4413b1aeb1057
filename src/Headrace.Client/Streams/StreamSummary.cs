namespace Headrace.Client;

/// <summary>A data stream as DescribeStreamSummary tells it.</summary>
/// <param name="Status"><c>CREATING</c>, <c>ACTIVE</c>, <c>UPDATING</c> or <c>DELETING</c>.</param>
/// <param name="Mode"><c>PROVISIONED</c> or <c>ON_DEMAND</c>.</param>
public sealed record StreamSummary(
    string Name, string Arn, string Status, string Mode, int OpenShardCount, int RetentionHours, DateTimeOffset CreatedAt);
