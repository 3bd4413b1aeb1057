using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Appends pieces of JSON to a buffer without passing through strings.</summary>
internal static class JsonAppending
{
    private static readonly SearchValues<byte> NeedEscape = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    public static void Append(this PooledBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(buffer.GetSpan(utf8.Length));
        buffer.Advance(utf8.Length);
    }

    public static void AppendSequenceNumber(this PooledBuffer buffer, SequenceNumber number) =>
        buffer.Advance(number.Format(buffer.GetSpan(SequenceNumber.Digits)));

    public static void AppendNumber(this PooledBuffer buffer, long number)
    {
        number.TryFormat(buffer.GetSpan(20), out var length, default, CultureInfo.InvariantCulture);
        buffer.Advance(length);
    }

    /// <summary>Seconds with three decimals.</summary>
    public static void AppendTimestamp(this PooledBuffer buffer, long unixMs)
    {
        buffer.AppendNumber(unixMs / 1000);
        var thousandths = (int)(unixMs % 1000);
        buffer.Append([(byte)'.', (byte)('0' + (thousandths / 100)), (byte)('0' + (thousandths / 10 % 10)), (byte)('0' + (thousandths % 10))]);
    }

    public static void AppendBase64(this PooledBuffer buffer, ReadOnlySpan<byte> data)
    {
        var room = buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length));
        Base64.EncodeToUtf8(data, room, out _, out var length);
        buffer.Advance(length);
    }

    /// <summary>A string with its quotes; the bytes are valid UTF-8.</summary>
    public static void AppendString(this PooledBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAny(NeedEscape))
        {
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed });
            writer.WriteStringValue(utf8);
            return;
        }
        buffer.Append("\""u8);
        buffer.Append(utf8);
        buffer.Append("\""u8);
    }
}
