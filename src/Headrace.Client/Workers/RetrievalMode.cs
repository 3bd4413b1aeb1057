namespace Headrace.Client;

/// <summary>How a worker gets its shards' records.</summary>
public enum RetrievalMode
{
    /// <summary>
    /// Pushed where the service offers it, and polled otherwise. The real service, where pushing costs money, is polled: there it is asked for by
    /// <see cref="FanOut"/>.
    /// </summary>
    Automatic,

    /// <summary>Asked for, page by page.</summary>
    Polling,

    /// <summary>Pushed, on AWS too; polled, with a warning in the log, where that cannot be had.</summary>
    FanOut,
}
