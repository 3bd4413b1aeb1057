using System.Text.Json.Serialization;

namespace Headrace.Client.Pipelines;

/// <summary>How what pipelines tell is written in JSON, generated when this library is compiled.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportPipelineRequest))]
internal sealed partial class PipelinesJson : JsonSerializerContext;
