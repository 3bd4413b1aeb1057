using System.Buffers;
using System.Text;
using Headrace.Protocol.Cbor;

namespace Headrace.Client;

/// <summary>A PutRecords request in CBOR, its data as it is.</summary>
internal sealed class PutRecordsCborBody : PutRecordsBody
{
    // What is no text must not become another key than the one that its hash was computed of.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override BodyFormat Format => BodyFormat.Cbor;

    /// <summary>A map of two pairs, or three, up to the data of the first.</summary>
    private static ReadOnlySpan<byte> TwoPairs => [0xa2, 0x64, (byte)'D', (byte)'a', (byte)'t', (byte)'a'];

    private static ReadOnlySpan<byte> ThreePairs => [0xa3, 0x64, (byte)'D', (byte)'a', (byte)'t', (byte)'a'];

    public override void Begin(string stream)
    {
        Bytes.Clear();
        Bytes.BeginMap();
        Bytes.AppendText("StreamName"u8);
        AppendText(stream);
        Bytes.AppendText("Records"u8);
        Bytes.BeginArray();
    }

    public override void Add(ReadOnlySpan<byte> data, string partitionKey, string? explicitHashKey)
    {
        Bytes.Write(explicitHashKey is null ? TwoPairs : ThreePairs);
        Bytes.AppendBytesHead(data.Length);
        Bytes.Write(data);
        Bytes.AppendText("PartitionKey"u8);
        AppendText(partitionKey);
        if (explicitHashKey is null)
            return;
        Bytes.AppendText("ExplicitHashKey"u8);
        AppendText(explicitHashKey);
    }

    public override void End()
    {
        Bytes.EndContainer();
        Bytes.EndContainer();
    }

    private void AppendText(string text)
    {
        var length = Strict.GetByteCount(text);
        Bytes.AppendTextHead(length);
        Bytes.Advance(Strict.GetBytes(text, Bytes.GetSpan(length)));
    }
}
