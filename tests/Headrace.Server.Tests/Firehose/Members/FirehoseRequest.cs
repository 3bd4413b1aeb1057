using System.Globalization;
using System.Text.Json.Nodes;
using Headrace.Server.Tests.Kinesis.Members;

namespace Headrace.Server.Tests.Firehose.Members;

/// <summary>What the API's model says of an operation's request: its members in the order in which AWS tells of their faults.</summary>
public sealed record FirehoseRequest(string Operation, IReadOnlyList<FirehoseMember> Members)
{
    public static readonly IReadOnlyDictionary<string, FirehoseRequest> All = Load();

    /// <summary>A request with nothing wrong but that there is no such delivery stream: what is required.</summary>
    public JsonObject Valid()
    {
        var request = new JsonObject();
        AddRequired(request, "");
        return request;
    }

    /// <summary>A valid request but for one member; null: that is absent.</summary>
    public JsonObject With(FirehoseMember member, JsonNode? value)
    {
        var request = Valid();
        // The structures around it may be there for its sake only.
        for (var dot = member.Path.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = member.Path.IndexOf('.', dot + 1))
            AddRequired(request, member.Path[..(dot + 1)]);
        ModelledRequest.Set(request, member.Path, value);
        return request;
    }

    /// <summary>Adds a structure's required members, and theirs.</summary>
    private void AddRequired(JsonObject request, string prefix)
    {
        foreach (var member in Members.Where(member => member.Required && member.Path.StartsWith(prefix, StringComparison.Ordinal) && !member.Path[prefix.Length..].Contains('.', StringComparison.Ordinal)))
        {
            if (member.Type is not ("structure" or "structures"))
                ModelledRequest.Set(request, member.Path, member.ValidValue);
            else
                AddRequired(request, member.Path + (member.Type == "structures" ? ".1." : "."));
            if (member.Type == "structure" && !Members.Any(inner => inner.Required && inner.Path.StartsWith(member.Path + ".", StringComparison.Ordinal)))
                ModelledRequest.Set(request, member.Path, new JsonObject());
        }
    }

    private static Dictionary<string, FirehoseRequest> Load()
    {
        using var reader = new StreamReader(typeof(FirehoseRequest).Assembly.GetManifestResourceStream("firehose-members.tsv")!);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.TrimEnd('\r').Split('\t'))
            .GroupBy(cells => cells[0])
            .ToDictionary(group => group.Key, group => new FirehoseRequest(group.Key, [.. group.Select(Read)]));

        static FirehoseMember Read(string[] cells)
        {
            Array.Resize(ref cells, 14);
            return new FirehoseMember(cells[1], cells[2] == "required", cells[3], BoundsAt(cells, 4), string.IsNullOrEmpty(cells[7]) ? [] : cells[7].Split('|'), BoundsAt(cells, 8), BoundsAt(cells, 11));
        }

        static Bounds BoundsAt(string[] cells, int at) => new(Number(cells[at]), Number(cells[at + 1]), cells[at + 2] ?? "");

        static int? Number(string? text) => string.IsNullOrEmpty(text) ? null : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
