using Headrace.ControlPlane;
using Headrace.Streams.Accounts;

namespace Headrace.Streams;

// What is set for an account and region as a whole.
public sealed partial class StreamCatalog
{
    private readonly AccountTables _accounts;

    /// <summary>The account's billing commitment, and what it is now.</summary>
    public (BillingCommitment Commitment, CommitmentStatus Status) GetCommitment(AccountScope scope)
    {
        var commitment = _accounts.LoadCommitment(scope);
        return (commitment, commitment.StatusAt(Time.GetUtcNow()));
    }

    /// <summary>Enters into a billing commitment, or asks for its end.</summary>
    public Task<(BillingCommitment Commitment, CommitmentStatus Status)> SetCommitmentAsync(AccountScope scope, bool enabled, CancellationToken cancellation = default) => ChangeAsync(
        () =>
        {
            var now = DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds());
            var before = _accounts.LoadCommitment(scope);
            var after = enabled ? before.Enable(now) : before.Disable(now);
            if (after != before)
                _accounts.SaveCommitment(scope, after);
            return Task.FromResult((after, after.StatusAt(now)));
        },
        cancellation);
}
