namespace Headrace.Bench.Processes;

/// <summary>What wrk saw.</summary>
/// <param name="Requests">Answers that arrived whole.</param>
/// <param name="Microseconds">How long it sent.</param>
/// <param name="SocketErrors">Connections refused or broken, and answers that did not come in time.</param>
/// <param name="StatusErrors">Answers with a status of 400 or more.</param>
/// <param name="P50">The median latency in microseconds.</param>
/// <param name="P99">The 99th percentile of latency in microseconds.</param>
internal sealed record WrkResult(long Requests, long Microseconds, long SocketErrors, long StatusErrors, long P50, long P99);
