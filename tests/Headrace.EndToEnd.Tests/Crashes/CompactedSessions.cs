using System.Net;
using System.Net.Sockets;
using Headrace.EndToEnd.Tests.Buckets;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// Lists a bucket again and again while small objects become large ones, and holds each listing to what it promises: no session in two objects, none gone
/// that was there before, each below its country. An object never changes, so each is read once.
/// </summary>
internal sealed class CompactedSessions(Uri endpoint, string bucket)
{
    private readonly Dictionary<string, List<string>> _byObject = new(StringComparer.Ordinal);
    private HashSet<string> _before = new(StringComparer.Ordinal);
    private HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Listings of which every object could be read.</summary>
    public int Listings { get; private set; }

    /// <summary>Objects that were there and have become others since.</summary>
    public int Replaced { get; private set; }

    /// <summary>Objects of the last listing.</summary>
    public int Objects => _keys.Count;

    /// <summary>The sessions of the last listing.</summary>
    public IReadOnlyCollection<string> Sessions => _before;

    /// <summary>Looks once; false where an object went between its listing and its reading, or the server did.</summary>
    public async Task<bool> TryLookAsync()
    {
        using var http = new BucketHttp(endpoint, bucket);
        try
        {
            // A listing of one page is of one moment.
            if (await http.PageAsync("firehose/") is not { } keys)
                throw new InvalidOperationException("There are more objects than a listing of one page has.");
            foreach (var key in keys.Where(key => !_byObject.ContainsKey(key)))
                _byObject[key] = Read(key, await http.GetAsync(key));
            Hold([.. keys]);
            return true;
        }
        catch (HttpRequestException failure) when (failure.StatusCode is null or HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            // A connection that is cut while it is made is told of as it comes.
            return false;
        }
    }

    private static List<string> Read(string key, byte[] bytes)
    {
        BucketHttp.Members(bytes, "country").Distinct().Single().ShouldBe(key.Split('/')[1], key);
        return BucketHttp.Members(bytes, "session_id");
    }

    private void Hold(HashSet<string> keys)
    {
        var now = new HashSet<string>(StringComparer.Ordinal);
        foreach (var session in keys.SelectMany(key => _byObject[key]))
            now.Add(session).ShouldBeTrue($"{session} is in two objects of one listing");
        _before.IsSubsetOf(now).ShouldBeTrue("a session that was in a listing is not in a later one");
        Replaced += _keys.Count(key => !keys.Contains(key));
        (_before, _keys) = (now, keys);
        Listings++;
    }
}
