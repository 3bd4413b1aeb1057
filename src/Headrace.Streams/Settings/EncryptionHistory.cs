namespace Headrace.Streams.Settings;

/// <summary>
/// When a stream's encryption was on, so that a record goes on saying whether it came in encrypted after the setting has changed.
/// Immutable.
/// </summary>
public sealed class EncryptionHistory
{
    public static readonly EncryptionHistory None = new([]);

    private readonly EncryptionChange[] _changes;

    private EncryptionHistory(EncryptionChange[] changes) => _changes = changes;

    /// <summary>The key in use, in the user's words; null while encryption is off.</summary>
    public string? KeyId => _changes.Length == 0 ? null : _changes[^1].KeyId;

    /// <summary>A history of changes in the order of their times.</summary>
    public static EncryptionHistory Of(IEnumerable<EncryptionChange> changes) => changes.ToArray() is { Length: > 0 } all ? new EncryptionHistory(all) : None;

    /// <summary>This history and one change more, the latest of all.</summary>
    public EncryptionHistory With(EncryptionChange change) => new([.. _changes.Where(earlier => earlier.SinceUnixMs < change.SinceUnixMs), change]);

    /// <summary>Whether a record that arrived then is encrypted.</summary>
    public bool Covers(long arrivalUnixMs)
    {
        for (var i = _changes.Length - 1; i >= 0; i--)
        {
            if (_changes[i].SinceUnixMs <= arrivalUnixMs)
                return _changes[i].KeyId is not null;
        }
        return false;
    }
}
