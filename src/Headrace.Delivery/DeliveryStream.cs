using Headrace.ControlPlane;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Sources;

namespace Headrace.Delivery;

/// <summary>One delivery stream. Thread-safe: only the <see cref="DeliveryService"/> changes it.</summary>
public sealed class DeliveryStream
{
    private readonly DeliveryStreamDefinition _definition;
    private readonly DateTimeOffset _activeAt;
    private readonly TimeProvider _time;
    private volatile bool _isDeleting;

    internal DeliveryStream(long id, AccountScope scope, DeliveryStreamDefinition definition, DateTimeOffset createdAt, DateTimeOffset activeAt, TimeProvider time)
    {
        Id = id;
        Scope = scope;
        _definition = definition;
        CreatedAt = createdAt;
        _activeAt = activeAt;
        _time = time;
    }

    /// <summary>Its number in the control database; never used twice.</summary>
    public long Id { get; }

    public AccountScope Scope { get; }

    public string Name => _definition.Name;

    public string Arn => $"arn:aws:firehose:{Scope.Region}:{Scope.AccountId}:deliverystream/{Name}";

    public DeliveryStreamType Type => _definition.Type;

    public DeliveryStreamStatus Status => _isDeleting ? DeliveryStreamStatus.Deleting
        : _time.GetUtcNow() < _activeAt ? DeliveryStreamStatus.Creating
        : DeliveryStreamStatus.Active;

    public DateTimeOffset CreatedAt { get; }

    public string VersionId { get; } = "1";

    public string DestinationId { get; } = "destinationId-000000000001";

    public S3Destination Destination => _definition.Destination;

    /// <summary>The data stream that it reads; null for DirectPut.</summary>
    public KinesisStreamSource? KinesisSource => _definition.KinesisSource;

    public int? ThroughputHintMegabytes => _definition.ThroughputHintMegabytes;

    /// <summary>How delivery goes; null once it is being deleted.</summary>
    public DeliveryProgress? Progress => Worker?.Progress;

    /// <summary>Where PutRecord's records wait; null when a data stream is the source.</summary>
    internal DirectPutLog? DirectPutLog { get; set; }

    internal DeliveryWorker? Worker { get; set; }

    internal void MarkDeleting() => _isDeleting = true;
}
