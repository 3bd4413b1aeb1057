using Headrace.Protocol;

namespace Headrace.Client;

/// <summary>Writes a PutRecords request straight into pooled memory, without anything per record. Used again and again; not thread-safe.</summary>
internal abstract class PutRecordsBody : IDisposable
{
    public abstract BodyFormat Format { get; }

    public ReadOnlyMemory<byte> WrittenMemory => Bytes.WrittenMemory;

    protected PooledBuffer Bytes { get; } = new(16 * 1024);

    public static PutRecordsBody In(BodyFormat format) => format == BodyFormat.Cbor ? new PutRecordsCborBody() : new PutRecordsJsonBody();

    /// <summary>Forgets what was written and begins another request.</summary>
    public abstract void Begin(string stream);

    /// <exception cref="ArgumentException">A key is no Unicode text.</exception>
    public abstract void Add(ReadOnlySpan<byte> data, string partitionKey, string? explicitHashKey);

    public abstract void End();

    public void Dispose() => Bytes.Dispose();
}
