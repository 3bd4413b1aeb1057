using System.Globalization;
using Headrace.ControlPlane;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Encryption;
using Headrace.Delivery.Sources;
using Headrace.Delivery.Traffic;

namespace Headrace.Delivery;

/// <summary>One delivery stream. Thread-safe: only the <see cref="DeliveryService"/> changes it.</summary>
public sealed class DeliveryStream
{
    private readonly DeliveryStreamDefinition _definition;
    private readonly DateTimeOffset _activeAt;
    private readonly TimeSpan _stateDelay;
    private readonly TimeProvider _time;
    private volatile bool _isDeleting;
    private volatile DestinationVersion _current;
    private volatile StreamEncryption _encryption;
    private volatile CompactionSettings? _compaction;

    internal DeliveryStream(StoredDeliveryStream stored, TimeSpan stateDelay, TimeProvider time)
    {
        Id = stored.Id;
        Scope = stored.Scope;
        _definition = stored.Definition;
        CreatedAt = stored.CreatedAt;
        _activeAt = stored.CreatedAt + stateDelay;
        _stateDelay = stateDelay;
        _time = time;
        _current = new DestinationVersion(stored.Definition.Destination, stored.Version, stored.UpdatedAt);
        _encryption = stored.Definition.EncryptionKey is { } key ? new StreamEncryption(key, stored.Definition.EncryptionKeyArn, _activeAt) : StreamEncryption.Off;
        _isDeleting = stored.IsDeleting;
        Traffic = new DeliveryTraffic(time);
    }

    /// <summary>Its number in the control database; never used twice.</summary>
    public long Id { get; }

    public AccountScope Scope { get; }

    public string Name => _definition.Name;

    public string Arn => Destination.Channel is { } channel
        ? $"arn:aws:kinesis:{Scope.Region}:{Scope.AccountId}:channel/{channel.Id}"
        : $"arn:aws:firehose:{Scope.Region}:{Scope.AccountId}:deliverystream/{Name}";

    public DeliveryStreamType Type => _definition.Type;

    public DeliveryStreamStatus Status => _isDeleting ? DeliveryStreamStatus.Deleting
        : _time.GetUtcNow() < _activeAt ? DeliveryStreamStatus.Creating
        : DeliveryStreamStatus.Active;

    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the destination was last updated; null when never.</summary>
    public DateTimeOffset? UpdatedAt => _current.UpdatedAt;

    public string VersionId => _current.Id;

    public string DestinationId { get; } = "destinationId-000000000001";

    public S3Destination Destination => _current.Destination;

    /// <summary>The data stream that it reads; null for DirectPut.</summary>
    public KinesisStreamSource? KinesisSource => _definition.KinesisSource;

    public int? ThroughputHintMegabytes => _definition.ThroughputHintMegabytes;

    public StreamEncryption Encryption => _encryption;

    public EncryptionStatus EncryptionStatus => _encryption.StatusAt(_time.GetUtcNow());

    /// <summary>How its small objects are merged, as its tags say; null where they aren't.</summary>
    public CompactionSettings? Compaction
    {
        get => _compaction;
        internal set => _compaction = value;
    }

    /// <summary>How delivery goes; null once it is being deleted.</summary>
    public DeliveryProgress? Progress => Worker?.Progress;

    /// <summary>True for as long as an update counts as being made.</summary>
    internal bool WasJustUpdated => UpdatedAt is { } updated && _time.GetUtcNow() < updated + _stateDelay;

    /// <summary>What objects are called after.</summary>
    internal string ObjectsName => Destination.Channel?.Name ?? Name;

    /// <summary>The destination with the version that names its objects.</summary>
    internal DestinationVersion Current => _current;

    /// <summary>What goes in and out.</summary>
    public DeliveryTraffic Traffic { get; }

    /// <summary>Where PutRecord's records wait; null when a data stream is the source.</summary>
    internal DirectPutLog? DirectPutLog { get; set; }

    internal DeliveryWorker? Worker { get; set; }

    internal void MarkDeleting() => _isDeleting = true;

    internal void Become(DestinationVersion next) => _current = next;

    internal void Encrypt(StreamEncryption encryption) => _encryption = encryption;

    /// <summary>A destination, the number of its version, and since when it holds; null from the creation on.</summary>
    internal sealed record DestinationVersion(S3Destination Destination, long Number, DateTimeOffset? UpdatedAt)
    {
        public string Id => Number.ToString(CultureInfo.InvariantCulture);
    }
}
