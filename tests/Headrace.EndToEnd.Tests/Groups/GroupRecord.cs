namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>A line that a worker wrote.</summary>
internal sealed record GroupRecord(string ShardId, string SequenceNumber, string Key, int Number);
