using System.Buffers;
using System.Text.Json;
using Headrace.Files;

namespace Headrace.Client;

/// <summary>Keeps checkpoints in one JSON file, <c>{"shardId-000000000000":"4957…"}</c>, replaced as a whole by each save.</summary>
public sealed class FileCheckpointStore(string path) : ICheckpointStore
{
    private readonly string _path = Path.GetFullPath(path);

    /// <exception cref="InvalidDataException">The file holds something else than checkpoints.</exception>
    public async Task<IReadOnlyDictionary<string, string>> LoadAsync(CancellationToken cancellationToken = default)
    {
        var checkpoints = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(_path))
            return checkpoints;
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(_path, cancellationToken));
            foreach (var member in document.RootElement.EnumerateObject())
                checkpoints[member.Name] = member.Value.GetString() ?? throw new InvalidDataException($"{_path} holds no checkpoints");
            return checkpoints;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{_path} holds no checkpoints: {e.Message}", e);
        }
    }

    /// <exception cref="IOException">The disk refused; what was saved before is still there.</exception>
    public Task SaveAsync(IReadOnlyDictionary<string, string> checkpoints, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var (shardId, sequenceNumber) in checkpoints.OrderBy(c => c.Key, StringComparer.Ordinal))
                writer.WriteString(shardId, sequenceNumber);
            writer.WriteEndObject();
        }
        DurableFile.Replace(_path, bytes.WrittenSpan);
        return Task.CompletedTask;
    }
}
