using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>A PutRecords request in JSON, its data in Base64.</summary>
internal sealed class PutRecordsJsonBody : PutRecordsBody
{
    /// <summary>What stands in JSON as it is.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private bool _isFirst;

    public override BodyFormat Format => BodyFormat.Json;

    public override void Begin(string stream)
    {
        Bytes.Clear();
        _isFirst = true;
        Bytes.Write("{\"StreamName\":\""u8);
        WriteText(stream);
        Bytes.Write("\",\"Records\":["u8);
    }

    public override void Add(ReadOnlySpan<byte> data, string partitionKey, string? explicitHashKey)
    {
        Bytes.Write(_isFirst ? "{\"Data\":\""u8 : ",{\"Data\":\""u8);
        _isFirst = false;
        Base64.EncodeToUtf8(data, Bytes.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length)), out _, out var written);
        Bytes.Advance(written);
        Bytes.Write("\",\"PartitionKey\":\""u8);
        WriteText(partitionKey);
        if (explicitHashKey is not null)
        {
            Bytes.Write("\",\"ExplicitHashKey\":\""u8);
            WriteText(explicitHashKey);
        }
        Bytes.Write("\"}"u8);
    }

    public override void End() => Bytes.Write("]}"u8);

    private void WriteText(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
            Bytes.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        else
            Bytes.Advance(Encoding.ASCII.GetBytes(text, Bytes.GetSpan(text.Length)));
    }
}
