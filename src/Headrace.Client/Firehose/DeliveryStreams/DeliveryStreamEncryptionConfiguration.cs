using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>How records are encrypted while they wait.</summary>
public sealed record DeliveryStreamEncryptionConfiguration
{
    /// <summary>The key, where it is your own.</summary>
    [JsonPropertyName("KeyARN")]
    public string? KeyArn { get; init; }

    /// <summary>Whose the key is: <c>AWS_OWNED_CMK</c> or <c>CUSTOMER_MANAGED_CMK</c>.</summary>
    public string? KeyType { get; init; }

    /// <summary>Its state: <c>ENABLED</c>, <c>ENABLING</c>, <c>ENABLING_FAILED</c>, <c>DISABLED</c>, <c>DISABLING</c> or <c>DISABLING_FAILED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Why that failed.</summary>
    public FailureDescription? FailureDescription { get; init; }
}
