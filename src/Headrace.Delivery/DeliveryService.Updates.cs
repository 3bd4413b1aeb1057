using Headrace.ControlPlane;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Encryption;

namespace Headrace.Delivery;

public sealed partial class DeliveryService
{
    /// <summary>Changes what a request says of the destination; the rest stays. Objects begun before keep their names.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound, ResourceInUse, InvalidArgument or ConcurrentModification.</exception>
    public async Task UpdateAsync(AccountScope scope, string name, string versionId, string destinationId, S3DestinationSettings settings, CancellationToken cancellation = default)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var stream = Get(scope, name);
            RequireActive(stream);
            if (stream.VersionId != versionId)
            {
                throw new DeliveryException(
                    DeliveryFault.ConcurrentModification,
                    $"Cannot update firehose: {name} since the current version id: {stream.VersionId} and specified version id: {versionId} do not match");
            }
            if (stream.DestinationId != destinationId)
                throw DeliveryException.InvalidArgument($"Destination Id {destinationId} not found");
            var next = stream.Destination.With(settings);
            DestinationRules.CheckChange(stream.Destination, next);
            DestinationRules.Check(next);
            DestinationRules.CheckFunctions(next, _options.LambdaEndpoint is not null);
            _stores.Check(next);
            CheckCompaction(stream.Compaction, next);
            DestinationRules.CheckPrograms(next, _options.Programs.Keys);
            var version = new DeliveryStream.DestinationVersion(next, stream.Current.Number + 1, _options.Time.GetUtcNow());
            _tables.Update(stream.Id, next, version.Number, version.UpdatedAt!.Value);
            stream.Become(version);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Has a DirectPut delivery stream's records encrypted from now on, or with another key; ENABLING for a moment.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound, ResourceInUse or InvalidArgument.</exception>
    public Task StartEncryptionAsync(AccountScope scope, string name, KeyType key, string? keyArn, CancellationToken cancellation = default) =>
        ChangeEncryptionAsync(scope, name, key, keyArn, cancellation);

    /// <summary>Has them encrypted no longer; DISABLING for a moment.</summary>
    /// <inheritdoc cref="StartEncryptionAsync"/>
    public Task StopEncryptionAsync(AccountScope scope, string name, CancellationToken cancellation = default) => ChangeEncryptionAsync(scope, name, null, null, cancellation);

    private async Task ChangeEncryptionAsync(AccountScope scope, string name, KeyType? key, string? keyArn, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var stream = Get(scope, name);
            RequireActive(stream);
            if (stream.Type != DeliveryStreamType.DirectPut)
                throw DeliveryException.InvalidArgument(DeliveryStreamDefinition.EncryptionIsForDirectPut);
            if (key is { } given)
                StreamEncryption.Check(given, keyArn, scope.Region);
            if (stream.EncryptionStatus is EncryptionStatus.Enabling or EncryptionStatus.Disabling)
                throw new DeliveryException(DeliveryFault.ResourceInUse, $"Firehose {name} under accountId {scope.AccountId} is {(stream.EncryptionStatus == EncryptionStatus.Enabling ? "ENABLING" : "DISABLING")} encryption.");
            var isChange = key is not null || stream.EncryptionStatus != EncryptionStatus.Disabled;
            _tables.Encrypt(stream.Id, key, keyArn);
            stream.Encrypt(new StreamEncryption(key, keyArn, isChange ? _options.Time.GetUtcNow() + _options.StateDelay : DateTimeOffset.MinValue));
        }
        finally
        {
            _changing.Release();
        }
    }

    private static void RequireActive(DeliveryStream stream)
    {
        if (stream.Status != DeliveryStreamStatus.Active)
        {
            throw new DeliveryException(
                DeliveryFault.ResourceInUse,
                $"Firehose {stream.Name} under accountId {stream.Scope.AccountId} is {(stream.Status == DeliveryStreamStatus.Creating ? "CREATING" : "DELETING")}.");
        }
    }
}
