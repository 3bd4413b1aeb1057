namespace Headrace.Delivery.Compaction;

/// <summary>A file that is made of others of its format. Not thread-safe.</summary>
internal interface IMergedFile : IDisposable
{
    /// <summary>Takes what another one holds, behind all that it has.</summary>
    /// <param name="source">The other file, which can be read from any place on.</param>
    /// <param name="stop">Ends the work.</param>
    void Add(Stream source, CancellationToken stop);

    /// <summary>Makes the file whole.</summary>
    void Close();
}
