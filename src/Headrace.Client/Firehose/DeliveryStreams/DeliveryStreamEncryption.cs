using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>How records are to be encrypted while they wait.</summary>
public sealed record DeliveryStreamEncryption
{
    /// <summary>The key, where it is your own.</summary>
    [JsonPropertyName("KeyARN")]
    public string? KeyArn { get; init; }

    /// <summary>Whose the key is: <c>AWS_OWNED_CMK</c> or <c>CUSTOMER_MANAGED_CMK</c>.</summary>
    public required string KeyType { get; init; }
}
