using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Delivery.Endpoints;

/// <summary>Why a web service did not take records. Kept with the object that they go into instead, so that it is the same whenever it is made. Immutable.</summary>
/// <param name="Code">AWS's code.</param>
/// <param name="Message">What the last attempt met.</param>
/// <param name="Attempts">How many there were.</param>
/// <param name="EndedUnixMs">When the last one ended.</param>
internal sealed record EndpointFailure(string Code, string Message, int Attempts, long EndedUnixMs)
{
    public string Write() => JsonSerializer.Serialize(this, EndpointFailureDocument.Default.EndpointFailure);

    public static EndpointFailure Read(string text) => JsonSerializer.Deserialize(text, EndpointFailureDocument.Default.EndpointFailure)!;
}

/// <summary>A failure as the JSON text that the control database keeps.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EndpointFailure))]
internal sealed partial class EndpointFailureDocument : JsonSerializerContext;
