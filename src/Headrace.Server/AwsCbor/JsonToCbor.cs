using System.Buffers;
using System.Text.Json;
using Headrace.Protocol.Cbor;

namespace Headrace.Server.AwsCbor;

/// <summary>Turns an answer's JSON into the CBOR that says the same, for the operations that aren't hot.</summary>
internal static class JsonToCbor
{
    /// <summary>Appends the CBOR of one JSON value of the server's own.</summary>
    public static void Transcode(ReadOnlySpan<byte> json, WireMembers members, PooledBuffer cbor)
    {
        var reader = new Utf8JsonReader(json);
        var kind = MemberKind.Plain;
        var mapDepth = int.MaxValue;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                kind = AppendText(ref reader, cbor, reader.CurrentDepth > mapDepth ? null : members);
                continue;
            }
            if (reader.TokenType == JsonTokenType.StartObject && kind == MemberKind.Map)
                mapDepth = reader.CurrentDepth;
            else if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == mapDepth)
                mapDepth = int.MaxValue;
            AppendToken(ref reader, kind, cbor);
            kind = MemberKind.Plain;
        }
    }

    private static void AppendToken(ref Utf8JsonReader reader, MemberKind kind, PooledBuffer cbor)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                cbor.BeginMap();
                break;
            case JsonTokenType.StartArray:
                cbor.BeginArray();
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                cbor.EndContainer();
                break;
            case JsonTokenType.String when kind == MemberKind.Blob:
                AppendBlob(ref reader, cbor);
                break;
            case JsonTokenType.String:
                AppendText(ref reader, cbor, null);
                break;
            case JsonTokenType.Number when kind == MemberKind.Timestamp:
                cbor.AppendTime((long)Math.Round(reader.GetDecimal() * 1000));
                break;
            case JsonTokenType.Number:
                AppendNumber(ref reader, cbor);
                break;
            case JsonTokenType.Null:
                cbor.AppendNull();
                break;
            default:
                cbor.AppendBoolean(reader.GetBoolean());
                break;
        }
    }

    private static void AppendNumber(ref Utf8JsonReader reader, PooledBuffer cbor)
    {
        if (reader.TryGetInt64(out var integer))
            cbor.AppendInteger(integer);
        else if (reader.TryGetUInt64(out var unsigned))
            cbor.AppendUnsigned(unsigned);
        else
            cbor.AppendDouble(reader.GetDouble());
    }

    /// <summary>Appends a string or a name; tells what kind of member the name is, where it may be one.</summary>
    private static MemberKind AppendText(ref Utf8JsonReader reader, PooledBuffer cbor, WireMembers? members)
    {
        if (!reader.ValueIsEscaped)
        {
            cbor.AppendText(reader.ValueSpan);
            return members?.KindOf(reader.ValueSpan) ?? MemberKind.Plain;
        }
        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var text = unescaped.AsSpan(0, reader.CopyString(unescaped));
        cbor.AppendText(text);
        var kind = members?.KindOf(text) ?? MemberKind.Plain;
        ArrayPool<byte>.Shared.Return(unescaped);
        return kind;
    }

    private static void AppendBlob(ref Utf8JsonReader reader, PooledBuffer cbor)
    {
        var bytes = reader.GetBytesFromBase64();
        cbor.AppendBytesHead(bytes.Length);
        cbor.Write(bytes);
    }
}
