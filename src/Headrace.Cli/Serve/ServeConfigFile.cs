using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve.Stores;

namespace Headrace.Cli.Serve;

/// <summary>
/// Reads <c>serve --config FILE</c>: a JSON object whose members are named like the options, plus
/// <c>"accessKeys": {"id": "secret"}</c>. Comments and trailing commas are allowed; a name that is not known is an error.
/// </summary>
internal static class ServeConfigFile
{
    private const string Known = "data, listen, durability, limits, shard-limit, state-delay, account, tls-certificate, tls-key, lambda-endpoint, stores, programs, faults, fault-seed, accessKeys";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="UsageException">The file does not exist, is not such an object, or names something unknown.</exception>
    public static ServeSettings Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return Parse(document.RootElement, path);
        }
        catch (JsonException mistake)
        {
            throw new UsageException($"{path} is not valid JSON (line {mistake.LineNumber + 1}): {mistake.Message.Split(" LineNumber", 2)[0].TrimEnd('.')}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read the configuration {path}: {failure.Message.TrimEnd('.')}");
        }
    }

    private static ServeSettings Parse(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{path} must hold one JSON object with the settings");
        var settings = new ServeSettings();
        foreach (var member in root.EnumerateObject())
        {
            settings = member.Name switch
            {
                "data" => settings with { Data = Text(member, path) },
                "listen" => settings with { Listen = Text(member, path) },
                "durability" => settings with { Durability = Text(member, path) },
                "limits" => settings with { Limits = Text(member, path) },
                "shard-limit" or "shardLimit" => settings with { ShardLimit = Text(member, path) },
                "state-delay" or "stateDelay" => settings with { StateDelay = Text(member, path) },
                "account" => settings with { Account = Text(member, path) },
                "tls-certificate" or "tlsCertificate" => settings with { TlsCertificate = Text(member, path) },
                "tls-key" or "tlsKey" => settings with { TlsKey = Text(member, path) },
                "lambda-endpoint" or "lambdaEndpoint" => settings with { LambdaEndpoint = Text(member, path) },
                "stores" => settings with { Stores = Stores(member, path) },
                "programs" => settings with { Programs = Programs(member, path) },
                "faults" => settings with { Faults = Texts(member, path) },
                "fault-seed" or "faultSeed" => settings with { FaultSeed = Text(member, path) },
                "accessKeys" or "access-keys" => settings with { AccessKeys = Keys(member, path) },
                _ => throw new UsageException($"{path} has the unknown setting '{member.Name}'; known are {Known}"),
            };
        }
        return settings;
    }

    private static string Text(JsonProperty member, string path) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString()!,
        JsonValueKind.Number => member.Value.GetRawText(),
        _ => throw new UsageException($"{path}: '{member.Name}' must be a string or a number"),
    };

    private static List<string> Texts(JsonProperty member, string path) =>
        member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? [.. member.Value.EnumerateArray().Select(value => value.GetString()!)]
            : throw new UsageException($"{path}: '{member.Name}' must be a list of strings");

    private static Dictionary<string, IReadOnlyList<string>> Programs(JsonProperty member, string path)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{path}: 'programs' must be an object of names and commands");
        var programs = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var program in member.Value.EnumerateObject())
        {
            programs[program.Name] = Texts(program, path);
            if (programs[program.Name].Count == 0)
                throw new UsageException($"{path}: the program '{program.Name}' has no command");
        }
        return programs;
    }

    private static Dictionary<string, StoreSettings> Stores(JsonProperty member, string path)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{path}: 'stores' must be an object of names and addresses");
        var stores = new Dictionary<string, StoreSettings>(StringComparer.Ordinal);
        foreach (var store in member.Value.EnumerateObject())
        {
            var settings = store.Value.ValueKind == JsonValueKind.Object ? Store(store, path) : new StoreSettings { Endpoint = Text(store, path) };
            StoreValue.Check(store.Name, settings);
            stores[store.Name] = settings;
        }
        return stores;
    }

    private static StoreSettings Store(JsonProperty store, string path)
    {
        var settings = new StoreSettings();
        foreach (var member in store.Value.EnumerateObject())
        {
            settings = member.Name switch
            {
                "endpoint" => settings with { Endpoint = Text(member, path) },
                "region" => settings with { Region = Text(member, path) },
                "profile" => settings with { Profile = Text(member, path) },
                _ => throw new UsageException($"{path}: the store '{store.Name}' has the unknown setting '{member.Name}'; known are endpoint, region, profile"),
            };
        }
        return settings;
    }

    private static Dictionary<string, string> Keys(JsonProperty member, string path)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{path}: 'accessKeys' must be an object of access key ids and their secrets");
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in member.Value.EnumerateObject())
        {
            if (key.Value.ValueKind != JsonValueKind.String || key.Name.Length == 0 || key.Value.GetString()!.Length == 0)
                throw new UsageException($"{path}: the secret of access key '{key.Name}' must be a string that is not empty");
            keys[key.Name] = key.Value.GetString()!;
        }
        return keys;
    }
}
