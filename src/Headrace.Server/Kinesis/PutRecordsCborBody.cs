using System.Text;
using System.Text.Unicode;
using Headrace.Protocol.Cbor;
using Headrace.Protocol.HashKeys;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>
/// The hot parse of PutRecord and PutRecords in CBOR, one pass over the body and nothing allocated per record: what
/// <see cref="PutRecordsBody.TryParse"/> is for JSON. It takes what SDKs write; anything else is left to <see cref="PutRecordsCheck"/>.
/// </summary>
internal static class PutRecordsCborBody
{
    private const int MaxKeyChars = 256;

    public static bool TryParse(ReadOnlySpan<byte> cbor, PutRecordsBody into, bool single)
    {
        var reader = new CborTokenReader(cbor);
        return reader.TryRead()
            && reader.Token == CborToken.Map
            && (single ? TryParseEntry(ref reader, into, topLevel: true) : TryParseMembers(ref reader, into))
            && reader.AtEnd;
    }

    private static bool TryParseMembers(ref CborTokenReader reader, PutRecordsBody into)
    {
        var members = reader.Container;
        var seen = false;
        while (reader.TryReadNext(ref members, out var ended))
        {
            if (ended)
                return seen && into.HashKeys.Length > 0;
            if (!IsWholeText(reader))
                return false;
            if (!reader.Content.SequenceEqual("Records"u8))
            {
                if (!TryParseStreamMember(ref reader, into))
                    return false;
                continue;
            }
            if (seen || !TryParseEntries(ref reader, into))
                return false;
            seen = true;
        }
        return false;
    }

    private static bool TryParseEntries(ref CborTokenReader reader, PutRecordsBody into)
    {
        if (!reader.TryRead() || reader.Token != CborToken.Array)
            return false;
        var entries = reader.Container;
        while (reader.TryReadNext(ref entries, out var ended))
        {
            if (ended)
                return true;
            if (reader.Token != CborToken.Map || into.HashKeys.Length == StreamLimits.MaxPutRecords || !TryParseEntry(ref reader, into, topLevel: false))
                return false;
        }
        return false;
    }

    private static bool TryParseEntry(scoped ref CborTokenReader reader, PutRecordsBody into, bool topLevel)
    {
        var members = reader.Container;
        ReadOnlySpan<byte> key = default;
        ReadOnlySpan<byte> data = default;
        var hasData = false;
        UInt128? explicitHashKey = null;
        while (reader.TryReadNext(ref members, out var ended))
        {
            if (ended)
            {
                if (!hasData)
                    return false;
                into.Add(data, key, explicitHashKey);
                return true;
            }
            if (!IsWholeText(reader))
                return false;
            var name = reader.Content;
            if (name.SequenceEqual("Data"u8))
            {
                if (!reader.TryRead() || reader.Token != CborToken.Bytes || reader.IsIndefinite)
                    return false;
                data = reader.Content;
                hasData = true;
            }
            else if (name.SequenceEqual("PartitionKey"u8))
            {
                if (!TryReadText(ref reader, out key) || !IsKey(key))
                    return false;
            }
            else if (name.SequenceEqual("ExplicitHashKey"u8))
            {
                if (!TryReadText(ref reader, out var digits) || !PartitionKeyHash.TryParse(digits, out var hashKey))
                    return false;
                explicitHashKey = hashKey;
            }
            else if (!topLevel || !TryParseStreamMember(ref reader, into))
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>Reads the value of the member whose name was read.</summary>
    private static bool TryParseStreamMember(scoped ref CborTokenReader reader, PutRecordsBody into)
    {
        var name = reader.Content;
        if (name.SequenceEqual("StreamName"u8) && TryReadText(ref reader, out var value))
        {
            into.StreamName = Encoding.UTF8.GetString(value);
            return into.StreamName.Length <= 128 && StreamReference.NamePattern.IsMatch(into.StreamName);
        }
        if (name.SequenceEqual("StreamARN"u8) && TryReadText(ref reader, out value))
        {
            into.StreamArn = Encoding.UTF8.GetString(value);
            return into.StreamArn.Length <= 2048 && StreamReference.ArnPattern.IsMatch(into.StreamArn);
        }
        return false;
    }

    private static bool TryReadText(scoped ref CborTokenReader reader, out ReadOnlySpan<byte> text)
    {
        var read = reader.TryRead() && IsWholeText(reader);
        text = read ? reader.Content : default;
        return read && Utf8.IsValid(text);
    }

    private static bool IsWholeText(scoped in CborTokenReader reader) => reader.Token == CborToken.Text && !reader.IsIndefinite;

    private static bool IsKey(ReadOnlySpan<byte> utf8) =>
        utf8.Length > 0 && (utf8.Length <= MaxKeyChars || Encoding.UTF8.GetCharCount(utf8) <= MaxKeyChars);
}
