namespace Headrace.Bench.Ingest.Watching;

/// <summary>Somebody who looks at a server while it is loaded.</summary>
internal interface IOnlooker
{
    /// <summary>How the report calls the server that is looked at.</summary>
    string Name { get; }

    /// <summary>Looks on until it is told to stop.</summary>
    /// <exception cref="BenchmarkException">It didn't see what it should have.</exception>
    Task WatchAsync(Uri server, CancellationToken stop);
}
