using System.Text.Json;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Etl;

/// <summary>Reads <c>--dest-streams '{"USA":"…","International":"…"}'</c>.</summary>
internal static class DestinationStreams
{
    private const string Example = """'{"USA":"usa-stream","International":"international-stream"}'""";
    private static readonly string[] Sides = ["USA", "International"];

    /// <summary>Data streams by side; exactly the two sides of the lab.</summary>
    /// <exception cref="UsageException">It is not such an object; the message shows how one looks.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw new UsageException($"--dest-streams is not valid JSON; write it as {Example}");
        }
    }

    private static Dictionary<string, string> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new UsageException($"--dest-streams must be a JSON object; write it as {Example}");
        var streams = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!Sides.Contains(member.Name))
                throw new UsageException($"--dest-streams knows the sides USA and International, not '{member.Name}'; write it as {Example}");
            if (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Length == 0)
                throw new UsageException($"--dest-streams must name a stream for '{member.Name}'; write it as {Example}");
            streams[member.Name] = member.Value.GetString()!;
        }
        foreach (var side in Sides)
        {
            if (!streams.ContainsKey(side))
                throw new UsageException($"--dest-streams lacks the side '{side}'; write it as {Example}");
        }
        return streams;
    }
}
