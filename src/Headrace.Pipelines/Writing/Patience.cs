using System.Runtime.ExceptionServices;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Rides out the failures of a service: for a minute without progress, with growing waits. Not thread-safe.</summary>
internal sealed class Patience
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RideOut = TimeSpan.FromSeconds(60);

    private TimeSpan _wait = FirstWait;
    private long? _failingSince;

    /// <summary>It may pass: nobody answers, or the service asks for time.</summary>
    public static bool MayPass(Exception failure) =>
        failure is EndpointUnreachableException or KinesisException { IsThrottling: true } or KinesisException { IsTransient: true };

    /// <summary>Something was achieved.</summary>
    public void Refresh() => (_wait, _failingSince) = (FirstWait, null);

    /// <summary>Waits before the next attempt.</summary>
    /// <exception cref="Exception">The failure, when it has lasted too long.</exception>
    public async Task WaitAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (TimeProvider.System.GetElapsedTime(_failingSince ??= TimeProvider.System.GetTimestamp()) > RideOut)
            ExceptionDispatchInfo.Throw(failure);
        await Task.Delay(_wait, cancellationToken);
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
    }
}
