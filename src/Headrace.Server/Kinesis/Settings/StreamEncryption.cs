using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

/// <summary>Reads and writes what tells of a stream's encryption.</summary>
internal static class StreamEncryption
{
    private static readonly string[] Types = ["NONE", "KMS"];

    /// <summary>The members that the two operations share.</summary>
    public static (string? Type, string? KeyId) Read(MemberReader members) => (
        members.String("EncryptionType", required: true, oneOf: Types),
        members.String("KeyId", required: true, min: 1, max: 2048));

    /// <exception cref="WireException">InvalidArgumentException: encryption of another type than KMS can neither be started nor stopped.</exception>
    public static void RequireKms(string? type)
    {
        if (type != "KMS")
            throw new WireException(400, "InvalidArgumentException", $"EncryptionType {type} is not valid. The only valid value is KMS.");
    }

    public static void WriteEncryption(this Utf8JsonWriter writer, DataStream stream)
    {
        writer.WriteString("EncryptionType", stream.Encryption.KeyId is null ? "NONE" : "KMS");
        if (stream.Encryption.KeyId is { } key)
            writer.WriteString("KeyId", key);
    }
}
