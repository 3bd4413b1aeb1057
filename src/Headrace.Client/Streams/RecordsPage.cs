using System.Text.Json;

namespace Headrace.Client;

/// <summary>The members that GetRecords' answer and a pushed event have in common, gathered while the one or the other is read. Not thread-safe.</summary>
internal sealed class RecordsPage
{
    private readonly RecordSlab _slab = new();
    private readonly List<StreamRecord> _records = [];
    private readonly List<ChildShard> _children = [];

    public IReadOnlyList<StreamRecord> Records => _records;

    public IReadOnlyList<ChildShard> Children => _children;

    public long MillisBehindLatest { get; private set; }

    /// <summary>The text of the one member that the two don't share; null where it is absent.</summary>
    public string? Next { get; private set; }

    /// <param name="json">The answer, or the event.</param>
    /// <param name="next">The name of the member that says how to go on.</param>
    public static RecordsPage Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> next)
    {
        var page = new RecordsPage();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            page.ReadMember(ref reader, next);
        return page;
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> next)
    {
        if (reader.ValueTextEquals("Records"u8))
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                _records.Add(RecordReading.Record(ref reader, _slab));
        }
        else if (reader.ValueTextEquals(next))
        {
            reader.Read();
            Next = reader.GetString();
        }
        else if (reader.ValueTextEquals("MillisBehindLatest"u8))
        {
            reader.Read();
            MillisBehindLatest = reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : 0;
        }
        else if (reader.ValueTextEquals("ChildShards"u8))
        {
            reader.Read();
            RecordReading.Children(ref reader, _children);
        }
        else
        {
            reader.Skip();
        }
    }
}
