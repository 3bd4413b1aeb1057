namespace Headrace.Client;

/// <summary>The service's time, by which requests are signed: this machine's until an answer shows that the two differ too much. Thread-safe.</summary>
internal sealed class ServiceClock(TimeProvider time)
{
    /// <summary>The service takes signatures of 5 minutes either way; a smaller difference was not why it refused.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(4);

    private long _offsetTicks;

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime.AddTicks(Interlocked.Read(ref _offsetTicks));

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>Learns from a refusal; true when the clock was wrong and the call is worth another attempt.</summary>
    /// <param name="failure">The refusal.</param>
    /// <param name="date">The answer's Date header.</param>
    public bool Correct(KinesisException failure, DateTimeOffset? date)
    {
        if (date is not { } theirs || !MayBeSkew(failure.ErrorType) || (theirs.UtcDateTime - UtcNow).Duration() < Tolerated)
            return false;
        Interlocked.Exchange(ref _offsetTicks, (theirs - time.GetUtcNow()).Ticks);
        return true;
    }

    private static bool MayBeSkew(string errorType) => errorType is "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture"
        or "InvalidSignatureException" or "SignatureDoesNotMatch" or "AuthFailure";
}
