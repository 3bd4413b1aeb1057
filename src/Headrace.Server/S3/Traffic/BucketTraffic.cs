namespace Headrace.Server.S3.Traffic;

/// <summary>Requests to one bucket since the server started. Thread-safe.</summary>
internal sealed class BucketTraffic
{
    private readonly long[] _requests = new long[Enum.GetValues<RequestKind>().Length];
    private long _bytesUploaded;
    private long _bytesDownloaded;
    private long _clientErrors;
    private long _serverErrors;

    public long AllRequests
    {
        get
        {
            long all = 0;
            for (var kind = 0; kind < _requests.Length; kind++)
                all += Of((RequestKind)kind);
            return all;
        }
    }

    public long BytesUploaded => Interlocked.Read(ref _bytesUploaded);

    public long BytesDownloaded => Interlocked.Read(ref _bytesDownloaded);

    /// <summary>Answers with a status from 400 to 499.</summary>
    public long ClientErrors => Interlocked.Read(ref _clientErrors);

    /// <summary>Answers with a status from 500 on.</summary>
    public long ServerErrors => Interlocked.Read(ref _serverErrors);

    public long Of(RequestKind kind) => Interlocked.Read(ref _requests[(int)kind]);

    public void Count(RequestKind kind, int status, long uploaded, long downloaded)
    {
        Interlocked.Increment(ref _requests[(int)kind]);
        Interlocked.Add(ref _bytesUploaded, uploaded);
        Interlocked.Add(ref _bytesDownloaded, downloaded);
        if (status >= 500)
            Interlocked.Increment(ref _serverErrors);
        else if (status >= 400)
            Interlocked.Increment(ref _clientErrors);
    }
}
