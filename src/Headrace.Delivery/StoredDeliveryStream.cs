using Headrace.ControlPlane;

namespace Headrace.Delivery;

/// <summary>A delivery stream as the control database has it.</summary>
internal sealed record StoredDeliveryStream(
    long Id,
    AccountScope Scope,
    DeliveryStreamDefinition Definition,
    DateTimeOffset CreatedAt,
    bool IsDeleting,
    long Version,
    DateTimeOffset? UpdatedAt);
