using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Delivery.Destinations;

/// <summary>A destination as the JSON text that the control database keeps; absent members have their defaults.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(S3Destination))]
internal sealed partial class DestinationDocument : JsonSerializerContext
{
    public static string Write(S3Destination destination) => JsonSerializer.Serialize(destination, Default.S3Destination);

    public static S3Destination Read(string text) => JsonSerializer.Deserialize(text, Default.S3Destination)!;
}
