using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace Headrace.EndToEnd.Tests.Buckets;

/// <summary>A bucket's objects by nothing but HTTP. Owns its connections.</summary>
internal sealed class BucketHttp(Uri endpoint, string bucket) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The keys of all objects below a prefix, page by page.</summary>
    public async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        var token = "";
        do
        {
            var page = XDocument.Parse(await _http.GetStringAsync($"/{bucket}?list-type=2&prefix={Uri.EscapeDataString(prefix)}{token}")).Root!;
            keys.AddRange(page.Elements(page.Name.Namespace + "Contents").Select(content => content.Element(page.Name.Namespace + "Key")!.Value));
            var next = page.Element(page.Name.Namespace + "NextContinuationToken")?.Value;
            token = next is null ? "" : $"&continuation-token={Uri.EscapeDataString(next)}";
        }
        while (token.Length > 0);
        return keys;
    }

    /// <summary>The keys of all objects below a prefix at one moment; null where they are more than one page has.</summary>
    public async Task<List<string>?> PageAsync(string prefix)
    {
        var page = XDocument.Parse(await _http.GetStringAsync($"/{bucket}?list-type=2&prefix={Uri.EscapeDataString(prefix)}")).Root!;
        return page.Element(page.Name.Namespace + "IsTruncated")!.Value == "true" ? null : [.. page.Descendants(page.Name.Namespace + "Key").Select(key => key.Value)];
    }

    /// <summary>An object's bytes; those of a key that ends with <c>.gz</c> unpacked.</summary>
    public async Task<byte[]> GetAsync(string key)
    {
        var bytes = await _http.GetByteArrayAsync($"/{bucket}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}");
        if (!key.EndsWith(".gz", StringComparison.Ordinal))
            return bytes;
        await using var unpacking = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await unpacking.CopyToAsync(unpacked);
        return unpacked.ToArray();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A member of every JSON record in an object's bytes, which stand one after another with or without anything between.</summary>
    public static List<string> Members(ReadOnlySpan<byte> records, string member)
    {
        var values = new List<string>();
        var reader = new Utf8JsonReader(records, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(member))
            {
                reader.Read();
                values.Add(reader.GetString()!);
            }
        }
        return values;
    }
}
