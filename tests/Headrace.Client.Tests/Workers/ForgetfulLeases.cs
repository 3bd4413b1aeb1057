namespace Headrace.Client.Tests.Workers;

/// <summary>A store of one lease that makes a change, and then may fail to answer.</summary>
internal sealed class ForgetfulLeases : LeasesAround
{
    private readonly string _folder;
    private Exception? _next;

    public ForgetfulLeases()
        : this(Directory.CreateTempSubdirectory("headrace-leases-").FullName)
    {
    }

    private ForgetfulLeases(string folder)
        : base(new FileLeaseStore(Path.Combine(folder, "leases.json"))) => _folder = folder;

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

    public override Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => AnswerAsync(Inner.RenewAsync(held, cancellationToken));

    public override Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => AnswerAsync(Inner.TakeAsync(seen, owner, cancellationToken));

    public override Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => AnswerAsync(Inner.RequestAsync(seen, worker, cancellationToken));

    public override Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => AnswerAsync(Inner.ReleaseAsync(held, successor, cancellationToken));

    public override Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        AnswerAsync(Inner.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken));

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Lease?> AnswerAsync(Task<Lease?> change)
    {
        var made = await change;
        return Interlocked.Exchange(ref _next, null) is { } failure ? throw failure : made;
    }
}
