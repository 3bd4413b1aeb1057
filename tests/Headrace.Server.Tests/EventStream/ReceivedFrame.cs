using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Headrace.Server.Tests.EventStream;

/// <summary>A frame of an event stream as a client reads it, checksums and all.</summary>
internal sealed record ReceivedFrame(IReadOnlyDictionary<string, string> Headers, byte[] Payload)
{
    public string Kind => Headers[":message-type"] == "event" ? Headers[":event-type"] : Headers[":exception-type"];

    public JsonElement Json => JsonDocument.Parse(Payload).RootElement.Clone();

    public IEnumerable<string> Records => Json.GetProperty(nameof(Records)).EnumerateArray().Select(record => Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()));

    /// <summary>Reads the next frame; null at the stream's end.</summary>
    public static async Task<ReceivedFrame?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var prelude = new byte[12];
        var read = await stream.ReadAtLeastAsync(prelude, prelude.Length, throwOnEndOfStream: false, cancellation);
        if (read == 0)
            return null;
        read.ShouldBe(prelude.Length);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(prelude)];
        prelude.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(prelude.Length), cancellation);
        BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(8)).ShouldBe(Crc32.HashToUInt32(frame.AsSpan(0, 8)));
        BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(frame.Length - 4)).ShouldBe(Crc32.HashToUInt32(frame.AsSpan(0, frame.Length - 4)));
        var headersEnd = 12 + BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4));
        return new ReceivedFrame(ReadHeaders(frame.AsSpan(12..headersEnd)), frame[headersEnd..^4]);
    }

    private static Dictionary<string, string> ReadHeaders(ReadOnlySpan<byte> bytes)
    {
        var headers = new Dictionary<string, string>();
        while (bytes.Length > 0)
        {
            var name = Encoding.ASCII.GetString(bytes.Slice(1, bytes[0]));
            bytes = bytes[(1 + name.Length)..];
            bytes[0].ShouldBe((byte)7);
            var value = Encoding.ASCII.GetString(bytes.Slice(3, BinaryPrimitives.ReadUInt16BigEndian(bytes[1..])));
            headers.Add(name, value);
            bytes = bytes[(3 + value.Length)..];
        }
        return headers;
    }
}
