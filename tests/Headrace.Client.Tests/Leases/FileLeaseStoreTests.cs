namespace Headrace.Client.Tests.Leases;

public sealed class FileLeaseStoreTests : LeaseStoreConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headrace-leases-").FullName;

    private string LeaseFile => Path.Combine(_folder, "new", "leases.json");

    [Fact]
    public async Task A_file_of_checkpoints_is_gone_on_from()
    {
        await new FileCheckpointStore(LeaseFile).SaveAsync(new Dictionary<string, string> { ["shardId-000000000000"] = "21", ["shardId-000000000001"] = "22:3" });
        using var store = Open();
        await store.InitializeAsync();
        var leases = (await store.ListAsync()).OrderBy(lease => lease.ShardId, StringComparer.Ordinal).ToList();
        // Checkpointed without a place in it, an aggregate was handled whole.
        leases.Select(lease => lease.Checkpoint).ShouldBe([new LeaseCheckpoint("21", long.MaxValue), new LeaseCheckpoint("22", 3)]);
        (await store.TakeAsync(leases[0], "a")).ShouldNotBeNull();
        (await store.ListAsync()).Count(lease => lease.Owner == "a").ShouldBe(1);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"shardId-000000000000":"nowhere"}""")]
    [InlineData("""{"shardId-000000000000":{"owner":"a"}}""")]
    public async Task A_file_of_something_else_is_told_and_left_alone(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LeaseFile)!);
        await File.WriteAllTextAsync(LeaseFile, content);
        using var store = Open();
        (await Should.ThrowAsync<LeaseStoreException>(() => store.InitializeAsync())).Message.ShouldStartWith($"{LeaseFile} holds no leases: ");
        await Should.ThrowAsync<LeaseStoreException>(() => store.CreateAsync(new Lease { ShardId = "s" }));
        (await File.ReadAllTextAsync(LeaseFile)).ShouldBe(content);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ILeaseStore Open() => new FileLeaseStore(LeaseFile);
}
