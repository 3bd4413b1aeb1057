namespace Headrace.Delivery.Programs;

/// <summary>A program that makes of each record others, none, or a fault. Not thread-safe.</summary>
public interface IRecordProgram : IDisposable
{
    /// <summary>Asks what becomes of records; the answers are in their order.</summary>
    /// <param name="records">JSON texts, valid until the call completes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">The program is broken; the records can be asked about again.</exception>
    Task<IReadOnlyList<ProgramAnswer>> AskAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellation);
}
