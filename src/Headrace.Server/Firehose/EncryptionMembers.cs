using System.Text.Json;
using Headrace.Delivery;
using Headrace.Delivery.Encryption;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>Reads and writes a delivery stream's encryption.</summary>
internal static class EncryptionMembers
{
    private const string Member = "DeliveryStreamEncryptionConfigurationInput";
    private const string AwsOwned = "AWS_OWNED_CMK";
    private const string CustomerManaged = "CUSTOMER_MANAGED_CMK";

    /// <summary>The key that is asked for; null where the structure is absent.</summary>
    public static (KeyType Key, string? Arn)? Read(MemberReader members)
    {
        if (members.Structure(Member) is not { } given)
            return null;
        var type = given.String("KeyType", required: true, oneOf: [CustomerManaged, AwsOwned]);
        var arn = given.String("KeyARN", min: 1, max: 512, pattern: FirehosePatterns.KeyArn);
        return (type == CustomerManaged ? KeyType.CustomerManaged : KeyType.AwsOwned, arn);
    }

    public static void Write(Utf8JsonWriter writer, DeliveryStream stream)
    {
        if (stream.Type != DeliveryStreamType.DirectPut)
            return;
        writer.WriteStartObject("DeliveryStreamEncryptionConfiguration");
        if (stream.Encryption.KeyArn is { } arn)
            writer.WriteString("KeyARN", arn);
        if (stream.Encryption.Key is { } key)
            writer.WriteString("KeyType", key == KeyType.AwsOwned ? AwsOwned : CustomerManaged);
        writer.WriteString("Status", stream.EncryptionStatus.ToString().ToUpperInvariant());
        writer.WriteEndObject();
    }
}
