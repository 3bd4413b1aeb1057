namespace Headrace.Client;

/// <summary>Where a produced record was durably written.</summary>
public sealed record ProducedRecord(string ShardId, string SequenceNumber);
