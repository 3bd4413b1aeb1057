namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>An item of the lease table.</summary>
/// <param name="ShardId">Its key.</param>
/// <param name="Owner">The worker; null: nobody.</param>
/// <param name="Checkpoint">A sequence number or a word.</param>
internal sealed record TableLease(string ShardId, string? Owner, string Checkpoint);
