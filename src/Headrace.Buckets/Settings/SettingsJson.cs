using System.Text.Json.Serialization;
using Headrace.Buckets.Access;
using Headrace.Buckets.Lifecycle;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Retention;

namespace Headrace.Buckets.Settings;

/// <summary>How settings are kept in the control database.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectControls))]
[JsonSerializable(typeof(DefaultRetention))]
[JsonSerializable(typeof(LifecycleConfiguration))]
[JsonSerializable(typeof(IReadOnlyList<AccessGrant>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SettingsJson : JsonSerializerContext;
