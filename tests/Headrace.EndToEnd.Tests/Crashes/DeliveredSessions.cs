using Headrace.EndToEnd.Tests.Buckets;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>The session ids of the records that were delivered into a bucket. An object never changes, so each is read once.</summary>
internal sealed class DeliveredSessions(ServerProcess server, string bucket)
{
    private readonly Dictionary<string, List<string>> _byObject = [];

    public IEnumerable<string> All => _byObject.Values.SelectMany(static sessions => sessions);

    public int Objects => _byObject.Count;

    /// <summary>Waits until every one of <paramref name="sessions"/> has been delivered.</summary>
    public Task HoldAsync(IReadOnlyCollection<string> sessions) => Deadline.UntilAsync(
        async () =>
        {
            await LookAsync();
            return All.ToHashSet(StringComparer.Ordinal).IsSupersetOf(sessions);
        },
        $"{sessions.Count} records are in the bucket",
        TimeSpan.FromMinutes(2));

    private async Task LookAsync()
    {
        using var http = new BucketHttp(server.Endpoint, bucket);
        var keys = await http.KeysAsync("firehose/");
        _byObject.Keys.Except(keys).ShouldBeEmpty("an object has gone");
        foreach (var key in keys.Where(key => !_byObject.ContainsKey(key)))
            _byObject[key] = BucketHttp.Members(await http.GetAsync(key), "session_id");
        (await http.KeysAsync("errors/")).ShouldBeEmpty();
    }
}
