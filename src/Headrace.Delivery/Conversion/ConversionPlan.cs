using System.Text.Json;
using System.Text.Json.Serialization;
using Headrace.Delivery.Catalog;

namespace Headrace.Delivery.Conversion;

/// <summary>
/// How records become rows of a file, complete: what reads them, the columns, what writes them. A delivery stream keeps each one that
/// it ever used under a number, so that an object can be made again whatever has become of its table since. Immutable.
/// </summary>
/// <param name="Table">The table that the columns are of.</param>
/// <param name="Columns">They.</param>
/// <param name="Reader">What reads JSON.</param>
/// <param name="Writer">What writes Parquet.</param>
internal sealed record ConversionPlan(ConversionTable Table, IReadOnlyList<TableColumn> Columns, Deserializer Reader, ParquetSerDe Writer)
{
    public string Write() => JsonSerializer.Serialize(this, ConversionPlanDocument.Default.ConversionPlan);

    public static ConversionPlan Read(string text) => JsonSerializer.Deserialize(text, ConversionPlanDocument.Default.ConversionPlan)!;
}

/// <summary>A plan as the JSON text that the control database keeps.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversionPlan))]
internal sealed partial class ConversionPlanDocument : JsonSerializerContext;
