using System.Text.RegularExpressions;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Serve.Stores;

/// <summary>Reads a store: <c>NAME=URL</c>, or <c>NAME</c> for Amazon S3.</summary>
internal static partial class StoreValue
{
    /// <exception cref="UsageException">It is no such text.</exception>
    public static KeyValuePair<string, StoreSettings> Parse(string text)
    {
        var parts = text.Split('=', 2);
        var settings = new StoreSettings { Endpoint = parts.Length == 2 ? parts[1] : null };
        Check(parts[0], settings);
        return KeyValuePair.Create(parts[0], settings);
    }

    /// <exception cref="UsageException">The name can't stand in an ARN, or the address is none.</exception>
    public static void Check(string name, StoreSettings settings)
    {
        if (!Name().IsMatch(name))
            throw new UsageException($"--store {name}: a store's name consists of lower-case letters, digits and hyphens, such as minio");
        if (settings.Endpoint is { } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new UsageException($"--store {name}: the address must be like https://minio:9000, not '{endpoint}'");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
