using System.Text.Json;

namespace Headrace.Delivery.Functions;

/// <summary>What a function made of a record.</summary>
internal enum FunctionResult
{
    Ok,
    Dropped,
    ProcessingFailed,
}

/// <summary>What a function said of one record.</summary>
/// <param name="Result">What it made of it.</param>
/// <param name="Data">The new record; empty where there is none.</param>
/// <param name="Keys">Partition keys by name; null where it gave none.</param>
internal sealed record FunctionAnswer(FunctionResult Result, byte[] Data, IReadOnlyDictionary<string, string>? Keys)
{
    /// <summary>Reads what a function returned, by record id.</summary>
    /// <exception cref="FunctionException">It keeps no contract.</exception>
    public static Dictionary<string, FunctionAnswer> Read(byte[] json)
    {
        var answers = new Dictionary<string, FunctionAnswer>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("records", out var records) || records.ValueKind != JsonValueKind.Array)
                throw new FunctionException("Lambda.JsonProcessingException", "There was an error parsing the records returned by the Lambda function: there is no array \"records\".");
            foreach (var record in records.EnumerateArray())
            {
                var id = record.GetProperty("recordId").GetString() ?? throw new FunctionException("Lambda.MissingRecordId", "A returned record has no id.");
                if (!answers.TryAdd(id, Read(record)))
                    throw new FunctionException("Lambda.DuplicatedRecordId", $"Multiple records were returned with the same record id. Ensure that the Lambda function returns unique record ids for each record. The record id returned was {id}.");
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FunctionException("Lambda.JsonProcessingException", $"There was an error parsing the records returned by the Lambda function: {fault.Message}");
        }
        return answers;
    }

    private static FunctionAnswer Read(JsonElement record)
    {
        var name = record.GetProperty("result").GetString();
        if (!Enum.TryParse<FunctionResult>(name, out var result) || result.ToString() != name)
            throw new FunctionException("Lambda.InvalidRecordResult", $"The result {name} is none of Ok, Dropped and ProcessingFailed.");
        var data = result == FunctionResult.Ok ? record.GetProperty("data").GetBytesFromBase64() : [];
        return new FunctionAnswer(result, data, KeysOf(record));
    }

    private static Dictionary<string, string>? KeysOf(JsonElement record)
    {
        if (!record.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty("partitionKeys", out var keys) || keys.ValueKind != JsonValueKind.Object)
            return null;
        return keys.EnumerateObject().ToDictionary(
            key => key.Name,
            key => key.Value.ValueKind switch
            {
                JsonValueKind.String => key.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => key.Value.GetRawText(),
            },
            StringComparer.Ordinal);
    }
}
