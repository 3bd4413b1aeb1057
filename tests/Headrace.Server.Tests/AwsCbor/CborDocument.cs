using System.Formats.Cbor;

namespace Headrace.Server.Tests.AwsCbor;

/// <summary>
/// CBOR by .NET's own implementation, which shares nothing with the server's. Values are dictionaries, lists, strings, longs,
/// doubles, booleans, null, byte arrays, and times, which are written as AWS's SDK for Java does: tag 1 and milliseconds.
/// </summary>
internal static class CborDocument
{
    public static byte[] Encode(object? value, bool definite = false)
    {
        var writer = new CborWriter(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: definite);
        Write(writer, value);
        return writer.Encode();
    }

    /// <exception cref="CborContentException">No CBOR, or more than one item.</exception>
    public static object? Decode(ReadOnlyMemory<byte> cbor)
    {
        var reader = new CborReader(cbor, CborConformanceMode.Lax);
        var value = Read(reader);
        reader.BytesRemaining.ShouldBe(0);
        return value;
    }

    private static void Write(CborWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull();
                break;
            case string text:
                writer.WriteTextString(text);
                break;
            case byte[] bytes:
                writer.WriteByteString(bytes);
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case int number:
                writer.WriteInt32(number);
                break;
            case long number:
                writer.WriteInt64(number);
                break;
            case double number:
                writer.WriteDouble(number);
                break;
            case DateTimeOffset time:
                writer.WriteTag(CborTag.UnixTimeSeconds);
                writer.WriteInt64(time.ToUnixTimeMilliseconds());
                break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartMap(null);
                foreach (var (key, item) in map)
                {
                    writer.WriteTextString(key);
                    Write(writer, item);
                }
                writer.WriteEndMap();
                break;
            case IEnumerable<object?> list:
                writer.WriteStartArray(null);
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} has no CBOR here.", nameof(value));
        }
    }

    private static object? Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.Null or CborReaderState.Undefined:
                reader.SkipValue();
                return null;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return reader.ReadTextString();
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return reader.ReadByteString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                return reader.ReadDouble();
            case CborReaderState.Tag:
                reader.ReadTag().ShouldBe(CborTag.UnixTimeSeconds);
                return DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            case CborReaderState.StartMap:
                return ReadMap(reader);
            default:
                return ReadList(reader);
        }
    }

    private static Dictionary<string, object?> ReadMap(CborReader reader)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
            map.Add(reader.ReadTextString(), Read(reader));
        reader.ReadEndMap();
        return map;
    }

    private static List<object?> ReadList(CborReader reader)
    {
        var list = new List<object?>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
            list.Add(Read(reader));
        reader.ReadEndArray();
        return list;
    }
}
