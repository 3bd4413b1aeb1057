using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headrace.Pipelines;

/// <summary>How a state's parts are copied without reflection.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class StateJson : JsonSerializerContext;
