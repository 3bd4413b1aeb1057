using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Headrace.EndToEnd.Tests.Buckets;

/// <summary>Writes and deletes a few keys of its own until the server dies, and knows what each key may hold then.</summary>
internal sealed class ObjectWriter(int number)
{
    private const int Keys = 6;
    private const int MinPart = 5 << 20;
    private const string Multipart = "whole";
    private static readonly byte[] Part = RandomNumberGenerator.GetBytes(MinPart);

    // By key: the hash that the object must have, null for none; or, while a change is not acknowledged, one of two.
    private readonly Dictionary<string, (string? Known, string? Maybe, bool IsOpen)> _state = [];
    private readonly Random _random = new(number);

    public int Acknowledged { get; private set; }

    /// <summary>How many files hold an object: one for each part, none for no bytes.</summary>
    public static int FilesOf(string key, int length) => length == 0 ? 0 : key.EndsWith(Multipart, StringComparison.Ordinal) ? 2 : 1;

    public async Task WriteAsync(HttpClient http)
    {
        try
        {
            while (true)
                await ChangeAsync(http);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The server has been killed.
        }
    }

    public async Task CheckAsync(HttpClient http)
    {
        foreach (var (key, expected) in _state.ToList())
        {
            using var answer = await http.GetAsync($"/crashes/{key}");
            var found = answer.StatusCode == HttpStatusCode.NotFound ? null : HashOf(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
            var possible = expected.IsOpen ? [expected.Known, expected.Maybe] : new[] { expected.Known };
            possible.ShouldContain(found, key);
            _state[key] = (found, null, false);
        }
    }

    public async Task AbortAsync(HttpClient http)
    {
        var key = $"{number}/{Multipart}";
        var listed = XDocument.Parse(await http.GetStringAsync($"/crashes?uploads&prefix={key}")).Root!;
        foreach (var id in listed.Descendants(listed.Name.Namespace + "UploadId"))
        {
            using var aborted = await http.DeleteAsync($"/crashes/{key}?uploadId={id.Value}");
            aborted.EnsureSuccessStatusCode();
        }
    }

    private async Task ChangeAsync(HttpClient http)
    {
        var choice = _random.Next(12);
        if (choice == 0)
        {
            await UploadAsync(http, $"{number}/{Multipart}");
            return;
        }
        var key = $"{number}/{_random.Next(Keys)}";
        if (choice < 4)
        {
            Open(key, null);
            using var deleted = await http.DeleteAsync($"/crashes/{key}");
            deleted.EnsureSuccessStatusCode();
        }
        else
        {
            var body = RandomNumberGenerator.GetBytes(_random.Next(200_000));
            Open(key, HashOf(body));
            using var put = await http.PutAsync($"/crashes/{key}", new ByteArrayContent(body));
            put.EnsureSuccessStatusCode();
        }
        Close(key);
    }

    private async Task UploadAsync(HttpClient http, string key)
    {
        using var begun = await http.PostAsync($"/crashes/{key}?uploads", null);
        var document = XDocument.Parse(await begun.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Root!;
        var id = document.Element(document.Name.Namespace + "UploadId")!.Value;
        var end = RandomNumberGenerator.GetBytes(1000);
        var tags = new List<string>();
        foreach (var body in new[] { Part, end })
        {
            using var put = await http.PutAsync($"/crashes/{key}?partNumber={tags.Count + 1}&uploadId={id}", new ByteArrayContent(body));
            tags.Add(put.EnsureSuccessStatusCode().Headers.ETag!.Tag);
        }
        Open(key, HashOf([.. Part, .. end]));
        var parts = string.Concat(tags.Select((tag, index) => $"<Part><PartNumber>{index + 1}</PartNumber><ETag>{tag}</ETag></Part>"));
        using var completed = await http.PostAsync($"/crashes/{key}?uploadId={id}", new StringContent($"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>"));
        completed.EnsureSuccessStatusCode();
        Close(key);
    }

    private void Open(string key, string? maybe) => _state[key] = (_state.TryGetValue(key, out var before) ? before.Known : null, maybe, true);

    private void Close(string key)
    {
        _state[key] = (_state[key].Maybe, null, false);
        Acknowledged++;
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
