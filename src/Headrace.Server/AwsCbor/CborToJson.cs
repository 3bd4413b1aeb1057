using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Headrace.Protocol.Cbor;
using Headrace.Server.AwsJson;

namespace Headrace.Server.AwsCbor;

/// <summary>Turns a request's CBOR into the JSON that says the same, for the operations that aren't hot.</summary>
internal ref struct CborToJson
{
    /// <summary>As deep as JSON may be.</summary>
    private const int MaxDepth = 64;

    private readonly WireMembers _members;
    private readonly Utf8JsonWriter _writer;
    private readonly PooledBuffer _pieces;
    private CborTokenReader _reader;

    private CborToJson(ReadOnlySpan<byte> cbor, WireMembers members, Utf8JsonWriter writer, PooledBuffer pieces)
    {
        _members = members;
        _writer = writer;
        _pieces = pieces;
        _reader = new CborTokenReader(cbor);
    }

    /// <summary>Appends the JSON of one item of CBOR.</summary>
    /// <exception cref="WireException">SerializationException: malformed, too deep, or what JSON and AWS have no word for.</exception>
    public static void Transcode(ReadOnlySpan<byte> cbor, WireMembers members, PooledBuffer json)
    {
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed, SkipValidation = true });
        using var pieces = new PooledBuffer(256);
        var transcoding = new CborToJson(cbor, members, writer, pieces);
        transcoding.ReadItem();
        transcoding.WriteItem(MemberKind.Plain, 0);
        if (!transcoding._reader.AtEnd)
            throw Malformed();
    }

    private void ReadItem()
    {
        if (!_reader.TryRead())
            throw Malformed();
    }

    /// <summary>Writes the item whose head was read.</summary>
    private void WriteItem(MemberKind kind, int depth)
    {
        if (kind is MemberKind.Timestamp && TryWriteTimestamp())
            return;
        switch (_reader.Token)
        {
            case CborToken.Unsigned:
                _writer.WriteNumberValue(_reader.Argument);
                break;
            case CborToken.Negative:
                _writer.WriteRawValue((-1 - (Int128)_reader.Argument).ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case CborToken.Float:
                _writer.WriteNumberValue(double.IsFinite(_reader.Number) ? _reader.Number : throw Malformed());
                break;
            case CborToken.Text:
                _writer.WriteStringValue(ReadText());
                break;
            case CborToken.Bytes when kind == MemberKind.Blob:
                _writer.WriteBase64StringValue(ReadString());
                break;
            case CborToken.Array:
                WriteArray(depth + 1);
                break;
            case CborToken.Map:
                WriteMap(kind == MemberKind.Map, depth + 1);
                break;
            case CborToken.False or CborToken.True:
                _writer.WriteBooleanValue(_reader.Token == CborToken.True);
                break;
            case CborToken.Null:
                _writer.WriteNullValue();
                break;
            default:
                throw Malformed();
        }
    }

    private void WriteArray(int depth)
    {
        var array = Enter(depth);
        _writer.WriteStartArray();
        while (ReadNext(ref array))
            WriteItem(MemberKind.Plain, depth);
        _writer.WriteEndArray();
    }

    private void WriteMap(bool anyKeys, int depth)
    {
        var map = Enter(depth);
        _writer.WriteStartObject();
        while (ReadNext(ref map))
        {
            if (_reader.Token != CborToken.Text)
                throw Malformed();
            var name = ReadText();
            var kind = anyKeys ? MemberKind.Plain : _members.KindOf(name);
            _writer.WritePropertyName(name);
            ReadItem();
            // Text is no blob: JSON would take it for Base64.
            if (kind == MemberKind.Blob && _reader.Token == CborToken.Text)
                throw Malformed();
            WriteItem(kind, depth);
        }
        _writer.WriteEndObject();
    }

    private readonly CborContainer Enter(int depth) => depth > MaxDepth ? throw Malformed() : _reader.Container;

    private bool ReadNext(ref CborContainer container)
    {
        if (!_reader.TryReadNext(ref container, out var ended))
            throw Malformed();
        return !ended;
    }

    /// <summary>Milliseconds, whole or not, become seconds; anything but a number is written as it is, and found wrong later.</summary>
    private readonly bool TryWriteTimestamp()
    {
        var milliseconds = _reader.Token switch
        {
            CborToken.Unsigned => _reader.Argument,
            CborToken.Negative => -1 - (double)_reader.Argument,
            CborToken.Float when double.IsFinite(_reader.Number) => _reader.Number,
            _ => double.NaN,
        };
        if (double.IsNaN(milliseconds))
            return false;
        _writer.WriteNumberValue(milliseconds / 1000);
        return true;
    }

    private ReadOnlySpan<byte> ReadText()
    {
        var text = ReadString();
        return Utf8.IsValid(text) ? text : throw Malformed();
    }

    private ReadOnlySpan<byte> ReadString()
    {
        if (!_reader.IsIndefinite)
            return _reader.Content;
        _pieces.Clear();
        return _reader.TryReadPieces(_pieces) ? _pieces.WrittenSpan : throw Malformed();
    }

    private static WireException Malformed() => WireException.Serialization("");
}
