using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headrace.Protocol;

namespace Headrace.Client;

/// <summary>Writes a PutRecords request straight into pooled memory, without anything per record. Used again and again; not thread-safe.</summary>
internal sealed class PutRecordsBody : IDisposable
{
    /// <summary>What stands in JSON as it is.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private readonly PooledBuffer _bytes = new(16 * 1024);
    private bool _isFirst;

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.WrittenMemory;

    /// <summary>Forgets what was written and begins another request.</summary>
    public void Begin(string stream)
    {
        _bytes.Clear();
        _isFirst = true;
        _bytes.Write("{\"StreamName\":\""u8);
        WriteText(stream);
        _bytes.Write("\",\"Records\":["u8);
    }

    public void Add(ReadOnlySpan<byte> data, string partitionKey, string? explicitHashKey)
    {
        _bytes.Write(_isFirst ? "{\"Data\":\""u8 : ",{\"Data\":\""u8);
        _isFirst = false;
        Base64.EncodeToUtf8(data, _bytes.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length)), out _, out var written);
        _bytes.Advance(written);
        _bytes.Write("\",\"PartitionKey\":\""u8);
        WriteText(partitionKey);
        if (explicitHashKey is not null)
        {
            _bytes.Write("\",\"ExplicitHashKey\":\""u8);
            WriteText(explicitHashKey);
        }
        _bytes.Write("\"}"u8);
    }

    public void End() => _bytes.Write("]}"u8);

    public void Dispose() => _bytes.Dispose();

    private void WriteText(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
            _bytes.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        else
            _bytes.Advance(Encoding.ASCII.GetBytes(text, _bytes.GetSpan(text.Length)));
    }
}
