using Headrace.ControlPlane;
using Headrace.Streams.Limits;
using Headrace.Streams.Settings;

namespace Headrace.Streams;

// Server-side encryption, as far as its users see it: from when to when it was on, and with which key.
public sealed partial class StreamCatalog
{
    /// <summary>Has records that arrive from now on be encrypted.</summary>
    /// <param name="scope">Whose and where.</param>
    /// <param name="name">The stream.</param>
    /// <param name="keyId">The key in the user's words.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse.</exception>
    public Task StartEncryptionAsync(AccountScope scope, string name, string keyId, CancellationToken cancellation = default) =>
        ChangeEncryptionAsync(scope, name, keyId, cancellation);

    /// <summary>Has records that arrive from now on not be encrypted.</summary>
    /// <exception cref="StreamsException">ResourceNotFound, ResourceInUse.</exception>
    public Task StopEncryptionAsync(AccountScope scope, string name, CancellationToken cancellation = default) =>
        ChangeEncryptionAsync(scope, name, null, cancellation);

    private Task ChangeEncryptionAsync(AccountScope scope, string name, string? keyId, CancellationToken cancellation) => UpdateAsync(
        scope,
        name,
        stream =>
        {
            CountChange(stream, DailyChange.Encryption);
            if (stream.Encryption.KeyId == keyId)
                return;
            var change = new EncryptionChange(Time.GetUtcNow().ToUnixTimeMilliseconds(), keyId);
            _settings.SaveEncryption(stream.Id, change);
            stream.Encryption = stream.Encryption.With(change);
        },
        cancellation);
}
