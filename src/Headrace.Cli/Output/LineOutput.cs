using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Cli.Output;

/// <summary>
/// Standard output as whole lines of UTF-8: collected, and written when much has gathered or <see cref="Flush"/> is called.
/// Thread-safe: lines of several writers never mix.
/// </summary>
internal sealed class LineOutput(Stream stream) : IDisposable
{
    private const int FlushThreshold = 64 * 1024;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _pending = new(FlushThreshold);
    private readonly Utf8JsonWriter _json = new(Stream.Null, JsonOptions);

    /// <exception cref="OutputClosedException">Nobody reads standard output any more.</exception>
    public void WriteLine(string line)
    {
        lock (_gate)
        {
            Encoding.UTF8.GetBytes(line, _pending);
            EndLine();
        }
    }

    /// <summary>Writes one line in pieces; <paramref name="write"/> gets the buffer to append UTF-8 to.</summary>
    /// <exception cref="OutputClosedException">Nobody reads standard output any more.</exception>
    public void WriteLine<TState>(TState state, Action<IBufferWriter<byte>, TState> write)
    {
        lock (_gate)
        {
            write(_pending, state);
            EndLine();
        }
    }

    /// <summary>Writes one JSON object as a line; <paramref name="write"/> writes its members.</summary>
    /// <exception cref="OutputClosedException">Nobody reads standard output any more.</exception>
    public void WriteJson<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        lock (_gate)
        {
            _json.Reset(_pending);
            _json.WriteStartObject();
            write(_json, state);
            _json.WriteEndObject();
            _json.Flush();
            EndLine();
        }
    }

    /// <summary>Writes bytes as they are, after everything before them.</summary>
    /// <exception cref="OutputClosedException">Nobody reads standard output any more.</exception>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Drain();
            Write(bytes);
        }
    }

    /// <exception cref="OutputClosedException">Nobody reads standard output any more.</exception>
    public void Flush()
    {
        lock (_gate)
            Drain();
    }

    public void Dispose() => _json.Dispose();

    private void EndLine()
    {
        _pending.Write("\n"u8);
        if (_pending.WrittenCount >= FlushThreshold)
            Drain();
    }

    private void Drain()
    {
        if (_pending.WrittenCount == 0)
            return;
        try
        {
            Write(_pending.WrittenSpan);
        }
        finally
        {
            _pending.ResetWrittenCount();
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            stream.Flush();
        }
        catch (IOException failure) when (failure.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase))
        {
            throw new OutputClosedException();
        }
    }
}
