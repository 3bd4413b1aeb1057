using System.IO.Compression;

namespace Headrace.Delivery.Processing;

/// <summary>Unpacks records that came compressed with GZIP, as CloudWatch Logs sends them.</summary>
internal sealed class DecompressionStep : IProcessingStep
{
    // What a record can become is bounded, whatever a few bytes claim.
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly MemoryStream _plain = new();

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) =>
        {
            if (TryUnpack(batch.Arena.MemoryOf(record.Data)))
                next.Add(record with { Data = batch.Arena.Add(_plain.GetBuffer().AsSpan(0, (int)_plain.Length)) });
            else
                batch.Failed.Add(new FailedRecord(record, ErrorOutputTypes.DecompressionFailed, "Decompression.InvalidData", "The record could not be decompressed"));
        });
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _plain.Dispose();

    private bool TryUnpack(ReadOnlyMemory<byte> packed)
    {
        _plain.SetLength(0);
        using var input = new MemoryStream(packed.ToArray());
        using var gzip = new GZipStream(input, CompressionMode.Decompress);
        var buffer = new byte[32 * 1024];
        try
        {
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                if (_plain.Length + read > MaxBytes)
                    return false;
                _plain.Write(buffer, 0, read);
            }
            return packed.Length > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
