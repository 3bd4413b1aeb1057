using System.Text.Json;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Naming;
using Headrace.Delivery.Partitions;
using Headrace.Jq;

namespace Headrace.Delivery.Processing;

/// <summary>Finds each record's partition: by a jq query over it, by what a function said of it, or both.</summary>
internal sealed class PartitionStep : IProcessingStep
{
    private const string ErrorCode = "DynamicPartitioning.MetadataExtractionFailed";

    private readonly PrefixTemplate _prefix;
    private readonly JqProgram? _query;
    private readonly JqOutputs _outputs = new();
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public PartitionStep(S3Destination destination)
    {
        _prefix = PrefixTemplate.Parse(destination.Prefix!, "Prefix");
        if (destination.Processing!.Find(ProcessorType.MetadataExtraction) is { } extraction)
            _query = JqProgram.Compile(extraction[ProcessorParameters.MetadataExtractionQuery]!);
    }

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) =>
        {
            if (Find(batch.Arena[record.Data], record.FunctionKeys, out var partition) is { } fault)
                batch.Fail(record, ErrorCode, fault);
            else
                next.Add(record with { Partition = partition });
        });
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _query?.Dispose();

    /// <summary>Null, or why there is no partition.</summary>
    private string? Find(ReadOnlySpan<byte> data, IReadOnlyDictionary<string, string>? functionKeys, out PartitionName partition)
    {
        partition = default;
        _keys.Clear();
        if (_query is not null && Extract(data) is { } fault)
            return fault;
        string? missing = null;
        var prefix = _prefix.WithKeys(part =>
        {
            var keys = part.Kind == PrefixPartKind.PartitionKeyFromQuery ? _keys : functionKeys;
            if (keys is not null && keys.TryGetValue(part.Value, out var value) && value.Length > 0)
                return value;
            missing = part.Value;
            return "";
        });
        if (missing is not null)
            return "partitionKeys values must not be null or empty";
        partition = PartitionName.Of(prefix);
        return null;
    }

    private string? Extract(ReadOnlySpan<byte> data)
    {
        if (_query!.Run(data, _outputs) is { } fault)
            return fault.Stage == JqStage.Input ? "Non JSON record provided" : fault.Message;
        if (_outputs.Count != 1)
            return $"The query gave {_outputs.Count} results instead of one object";
        using var document = JsonDocument.Parse(_outputs[0]);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return "The query gave no object";
        foreach (var key in document.RootElement.EnumerateObject())
        {
            _keys[key.Name] = key.Value.ValueKind switch
            {
                JsonValueKind.String => key.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => key.Value.GetRawText(),
            };
        }
        return null;
    }
}
