using System.Buffers;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>A lease as a JSON object, for the stores that keep it as a text.</summary>
internal static class LeaseJson
{
    /// <summary>Leases whose members are a text hold a checkpoint only: so <see cref="FileCheckpointStore"/> writes them.</summary>
    public static Lease Read(string shardId, JsonElement lease)
    {
        if (lease.ValueKind == JsonValueKind.String)
            return new Lease { ShardId = shardId, Checkpoint = LeaseCheckpoint.Parse(lease.GetString()!) };
        return new Lease
        {
            ShardId = shardId,
            Owner = lease.OptionalString("owner"),
            Counter = lease.OptionalInt64("counter") ?? 0,
            Checkpoint = LeaseCheckpoint.Parse(lease.RequiredString("checkpoint")),
            OwnerSwitchesSinceCheckpoint = lease.OptionalInt64("ownerSwitchesSinceCheckpoint") ?? 0,
            RequestedBy = lease.OptionalString("requestedBy"),
            ParentShardIds = Texts(lease, "parentShardIds"),
            ChildShardIds = Texts(lease, "childShardIds"),
            StartingHashKey = lease.OptionalString("startingHashKey"),
            EndingHashKey = lease.OptionalString("endingHashKey"),
        };
    }

    public static void Write(Utf8JsonWriter writer, Lease lease)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "owner", lease.Owner);
        writer.WriteNumber("counter", lease.Counter);
        writer.WriteString("checkpoint", lease.Checkpoint.ToString());
        writer.WriteNumber("ownerSwitchesSinceCheckpoint", lease.OwnerSwitchesSinceCheckpoint);
        WriteOptional(writer, "requestedBy", lease.RequestedBy);
        WriteTexts(writer, "parentShardIds", lease.ParentShardIds);
        WriteTexts(writer, "childShardIds", lease.ChildShardIds);
        WriteOptional(writer, "startingHashKey", lease.StartingHashKey);
        WriteOptional(writer, "endingHashKey", lease.EndingHashKey);
        writer.WriteEndObject();
    }

    /// <summary>One lease, alone.</summary>
    public static ReadOnlyMemory<byte> ToBytes(Lease lease)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, lease);
        return bytes.WrittenMemory;
    }

    private static List<string> Texts(JsonElement lease, string name) =>
        lease.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
