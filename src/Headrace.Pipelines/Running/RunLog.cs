using Microsoft.Extensions.Logging;

namespace Headrace.Pipelines;

/// <summary>What a run tells of itself.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1, LogLevel.Warning, "another process runs this pipeline under the same group; {Stage} remembers the records of all shards, so this one waits, and takes over when the other ends")]
    public static partial void Waiting(ILogger log, string stage);
}
