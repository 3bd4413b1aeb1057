using System.Buffers;
using System.Text.Json;
using Headrace.Files;

namespace Headrace.Pipelines;

/// <summary>
/// What a pipeline with steps that remember has settled, all in one: how far each shard was read, what the steps remember of it, and
/// what came out last and may not have arrived yet.
/// </summary>
/// <param name="Epoch">Tells the numbers of this state's outputs from those of a state that was begun another time.</param>
/// <param name="Next">The number of the next output that comes out.</param>
/// <param name="Positions">The last sequence number by shard.</param>
/// <param name="Steps">What <see cref="StepChain.Save"/> wrote; empty before the first.</param>
/// <param name="Outbox">What came out and may not have arrived.</param>
internal sealed record PipelineState(
    string Epoch, long Next, IReadOnlyDictionary<string, string> Positions, ReadOnlyMemory<byte> Steps, Outbox Outbox)
{
    /// <summary>What was saved; a new state where nothing was.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static PipelineState Load(string? path, int destinations)
    {
        if (path is null || !File.Exists(path))
            return new PipelineState(Guid.NewGuid().ToString("n"), 0, new Dictionary<string, string>(StringComparer.Ordinal), default, new Outbox([], []));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.GetProperty("destinations").GetInt32() != destinations)
                throw new InvalidDataException($"{path} was saved with another number of destinations than {destinations}; use another group or checkpoint file");
            return new PipelineState(
                root.GetProperty("epoch").GetString()!,
                root.GetProperty("next").GetInt64(),
                root.GetProperty("positions").EnumerateObject().ToDictionary(position => position.Name, position => position.Value.GetString()!, StringComparer.Ordinal),
                JsonSerializer.SerializeToUtf8Bytes(root.GetProperty("steps"), StateJson.Default.JsonElement),
                Outbox.Read(root));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} holds no state of a pipeline: {e.Message}", e);
        }
    }

    /// <summary>Replaces what was saved, durably, all or nothing.</summary>
    /// <exception cref="IOException">The disk refused; what was saved before is still there.</exception>
    public void Save(string path, int destinations)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, destinations);
        DurableFile.Replace(path, bytes.WrittenSpan);
    }

    private void Write(Utf8JsonWriter writer, int destinations)
    {
        writer.WriteStartObject();
        writer.WriteString("epoch", Epoch);
        writer.WriteNumber("next", Next);
        writer.WriteStartObject("positions");
        foreach (var (shard, sequenceNumber) in Positions.OrderBy(position => position.Key, StringComparer.Ordinal))
            writer.WriteString(shard, sequenceNumber);
        writer.WriteEndObject();
        writer.WritePropertyName("steps");
        writer.WriteRawValue(Steps.Span, skipInputValidation: true);
        writer.WriteNumber("destinations", destinations);
        Outbox.Write(writer);
        writer.WriteEndObject();
    }
}
