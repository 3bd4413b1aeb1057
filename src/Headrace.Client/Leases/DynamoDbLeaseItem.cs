using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Headrace.Client;

/// <summary>A lease as an item of the Kinesis Client Library's lease table: its names, and what of an item is a lease.</summary>
internal static class DynamoDbLeaseItem
{
    public const string Key = "leaseKey";
    public const string Owner = "leaseOwner";
    public const string Counter = "leaseCounter";
    public const string Switches = "ownerSwitchesSinceCheckpoint";
    public const string Checkpoint = "checkpoint";
    public const string SubCheckpoint = "checkpointSubSequenceNumber";
    public const string Parents = "parentShardId";
    public const string Children = "childShardIds";

    /// <summary>Ours alone; the Kinesis Client Library leaves alone what it does not know.</summary>
    public const string RequestedBy = "leaseRequestedBy";

    private const string StartingHashKey = "startingHashKey";
    private const string EndingHashKey = "endingHashKey";
    private const string EntityType = "entityType";
    private const string StreamName = "streamName";

    /// <summary>The item as a lease; null: version 3 keeps other things in the table too, and so do applications that read many streams.</summary>
    public static Lease? Read(Dictionary<string, AttributeValue> item)
    {
        if ((item.TryGetValue(EntityType, out var type) && type.S != "LEASE") || item.ContainsKey(StreamName) || Text(item, Checkpoint) is not { } checkpoint)
            return null;
        return new Lease
        {
            ShardId = item[Key].S,
            Owner = Text(item, Owner),
            Counter = Number(item, Counter),
            Checkpoint = new LeaseCheckpoint(checkpoint, Number(item, SubCheckpoint)),
            OwnerSwitchesSinceCheckpoint = Number(item, Switches),
            RequestedBy = Text(item, RequestedBy),
            ParentShardIds = Texts(item, Parents),
            ChildShardIds = Texts(item, Children),
            StartingHashKey = Text(item, StartingHashKey),
            EndingHashKey = Text(item, EndingHashKey),
        };
    }

    public static Dictionary<string, AttributeValue> Write(Lease lease)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            [Key] = new() { S = lease.ShardId },
            [Counter] = Number(lease.Counter),
            [Switches] = Number(lease.OwnerSwitchesSinceCheckpoint),
            [Checkpoint] = new() { S = lease.Checkpoint.SequenceNumber },
            [SubCheckpoint] = Number(lease.Checkpoint.SubSequenceNumber),
        };
        AddText(item, Owner, lease.Owner);
        AddText(item, StartingHashKey, lease.StartingHashKey);
        AddText(item, EndingHashKey, lease.EndingHashKey);
        AddTexts(item, Parents, lease.ParentShardIds);
        AddTexts(item, Children, lease.ChildShardIds);
        return item;
    }

    public static Dictionary<string, AttributeValue> KeyOf(string shardId) => new() { [Key] = new AttributeValue { S = shardId } };

    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static string? Text(Dictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) && value.S is { Length: > 0 } text ? text : null;

    private static long Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && value.N is { } number ? long.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;

    private static List<string> Texts(Dictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) && value.SS is { } texts ? texts : [];

    private static void AddText(Dictionary<string, AttributeValue> item, string name, string? text)
    {
        if (text is not null)
            item[name] = new AttributeValue { S = text };
    }

    private static void AddTexts(Dictionary<string, AttributeValue> item, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            item[name] = new AttributeValue { SS = [.. texts] };
    }
}
