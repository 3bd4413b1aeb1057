using System.Globalization;
using System.Text.Json.Nodes;

namespace Headrace.Server.Tests.Kinesis.Members;

/// <summary>What the API's model says of an operation's request: its members in the order in which AWS tells of their faults.</summary>
public sealed record ModelledRequest(string Operation, IReadOnlyList<ModelledMember> Members)
{
    private const string StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/nobody";

    public static readonly IReadOnlyDictionary<string, ModelledRequest> All = Load();

    /// <summary>A request with nothing wrong but that there is no such stream: the required members, and the stream's name or ARN.</summary>
    public JsonObject Valid()
    {
        var request = new JsonObject();
        foreach (var member in Members.Where(member => member.Required || member.Path == "StreamName"))
            Set(request, member.Path, ValidValue(member));
        if (!request.ContainsKey("StreamName") && Members.Any(member => member.Path == "StreamARN"))
            request["StreamARN"] = StreamArn;
        return request;
    }

    /// <summary>A valid request but for one member; null: that is absent.</summary>
    public JsonObject With(ModelledMember member, JsonNode? value)
    {
        var request = Valid();
        // The structure around it may be there for its sake only.
        var parts = member.Path.Split('.');
        for (var depth = 1; depth < parts.Length; depth++)
        {
            var path = string.Join('.', parts[..depth]);
            foreach (var sibling in Members.Where(other => other.Required && other.Path.StartsWith(path + ".", StringComparison.Ordinal)))
                Set(request, sibling.Path, ValidValue(sibling));
        }
        Set(request, member.Path, value);
        return request;
    }

    /// <summary>Puts a value at a path, making what is around it; null removes.</summary>
    public static void Set(JsonObject request, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        var holder = request;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i + 1] == "1")
            {
                if (holder[parts[i]] is not JsonArray { Count: 1 } list)
                    holder[parts[i]] = list = [new JsonObject()];
                holder = list[0]!.AsObject();
                i++;
            }
            else
            {
                if (holder[parts[i]] is not JsonObject inner)
                    holder[parts[i]] = inner = [];
                holder = inner;
            }
        }
        holder.Remove(parts[^1]);
        if (value is not null)
            holder[parts[^1]] = value;
    }

    public static JsonNode ValidValue(ModelledMember member) => member.Type switch
    {
        "integer" => Math.Max(member.Min ?? 1, 1),
        "boolean" => false,
        "timestamp" => 1,
        "blob" => "QQ==",
        "map" => new JsonObject { ["k"] = "v" },
        "strings" => new JsonArray(member.Values.Count > 0 ? member.Values[0] : "k"),
        "structures" => new JsonArray(new JsonObject()),
        "structure" => new JsonObject(),
        _ => member switch
        {
            { Values.Count: > 0 } => member.Values[0],
            { Path: "ConsumerARN" } => $"{StreamArn}/consumer/c:1",
            { Path: "StreamARN" or "ResourceARN" } => StreamArn,
            { Path: "StreamId" } => "aaaaaaaaaaaaaaaaaaaa-aaa",
            { Path: "Policy" } => "{}",
            { Path: "NewStartingHashKey" or "ExplicitHashKey" or "StartingSequenceNumber" or "SequenceNumberForOrdering" or "StartingPosition.SequenceNumber" } => "7",
            { Path: "StreamName" } => "nobody",
            _ => OfChannel(member.Path[(member.Path.LastIndexOf('.') + 1)..]),
        },
    };

    /// <summary>What members of channels are; anything else may be a shard's id.</summary>
    private static string OfChannel(string member) => member switch
    {
        "ChannelARN" => "arn:aws:kinesis:us-east-1:000000000000:channel/c",
        "ServiceExecutionRoleARN" => "arn:aws:iam::000000000000:role/r",
        "StreamARN" => StreamArn,
        "BucketARN" => "arn:aws:s3:::lake",
        "TableBucketARN" => "arn:aws:s3tables:us-east-1:000000000000:bucket/tables",
        "ExpectedBucketOwner" => "000000000000",
        "Namespace" or "TableName" => "n",
        _ => "shardId-000000000000",
    };

    private static Dictionary<string, ModelledRequest> Load()
    {
        using var reader = new StreamReader(typeof(ModelledRequest).Assembly.GetManifestResourceStream("kinesis-members.tsv")!);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.TrimEnd('\r').Split('\t'))
            .GroupBy(cells => cells[0])
            .ToDictionary(group => group.Key, group => new ModelledRequest(group.Key, [.. group.Where(cells => cells.Length > 1).Select(Read)]));

        static ModelledMember Read(string[] cells)
        {
            Array.Resize(ref cells, 8);
            return new ModelledMember(cells[1], cells[2] == "required", cells[3], Number(cells[4]), Number(cells[5]), cells[6] ?? "", cells[7]?.Split('|') ?? []);
        }

        static int? Number(string? text) => string.IsNullOrEmpty(text) ? null : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
