namespace Headrace.Client.Tests.Workers;

/// <summary>A store of one lease that makes a change, and then may fail to answer.</summary>
internal sealed class ForgetfulLeases : ILeaseStore
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headrace-leases-").FullName;
    private Exception? _next;

    public ForgetfulLeases() => Inner = new FileLeaseStore(Path.Combine(_folder, "leases.json"));

    public ILeaseStore Inner { get; }

    /// <summary>The next change is made, and its answer is this.</summary>
    public void LosesAnswers(Exception failure) => _next = failure;

    public async Task<HeldLease> TakeAsync()
    {
        await Inner.InitializeAsync();
        await Inner.CreateAsync(new Lease { ShardId = "shardId-000000000000", Checkpoint = LeaseCheckpoint.TrimHorizon, ParentShardIds = [], StartingHashKey = "0", EndingHashKey = "9" });
        var taken = await Inner.TakeAsync(await OnlyAsync(), "self");
        return new HeldLease(this, taken.ShouldNotBeNull(), TimeProvider.System.GetTimestamp(), TimeSpan.FromHours(1), TimeProvider.System);
    }

    public async Task<Lease> OnlyAsync() => (await Inner.ListAsync()).ShouldHaveSingleItem();

    public Task InitializeAsync(CancellationToken cancellationToken = default) => Inner.InitializeAsync(cancellationToken);

    public Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => Inner.ListAsync(cancellationToken);

    public Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default) => Inner.CreateAsync(lease, cancellationToken);

    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => AnswerAsync(Inner.RenewAsync(held, cancellationToken));

    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => AnswerAsync(Inner.TakeAsync(seen, owner, cancellationToken));

    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => AnswerAsync(Inner.RequestAsync(seen, worker, cancellationToken));

    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => AnswerAsync(Inner.ReleaseAsync(held, successor, cancellationToken));

    public Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        AnswerAsync(Inner.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken));

    public Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default) => Inner.DeleteAsync(seen, cancellationToken);

    public void Dispose()
    {
        Inner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Lease?> AnswerAsync(Task<Lease?> change)
    {
        var made = await change;
        return Interlocked.Exchange(ref _next, null) is { } failure ? throw failure : made;
    }
}
