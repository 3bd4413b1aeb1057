using System.Text.Json.Serialization;

namespace Headrace.Delivery.ErrorLogs;

/// <summary>A line of an error log, with AWS's members. Immutable.</summary>
internal sealed record ErrorLine(
    [property: JsonPropertyName("deliveryStreamARN")] string DeliveryStreamArn,
    [property: JsonPropertyName("destination")] string Destination,
    [property: JsonPropertyName("deliveryStreamVersionId")] long VersionId,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("errorCode")] string Code,
    [property: JsonPropertyName("processor")] string? Processor);

/// <summary>A line as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorLine))]
internal sealed partial class ErrorLineDocument : JsonSerializerContext;
