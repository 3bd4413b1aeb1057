using System.Globalization;
using System.Text.Json;

namespace Headrace.Bench.Ingest;

/// <summary>The bodies that wrk sends, as files: PutRecords with data that does not compress and keys that are all different.</summary>
internal static class IngestBodies
{
    /// <summary>Writes <c>body-1</c> … into a folder. The same every time: the seed is fixed.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(20_131_202);
        var data = new byte[IngestSettings.DataBytes];
        for (var body = 1; body <= IngestSettings.Bodies; body++)
        {
            using var file = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"body-{body}")));
            using var json = new Utf8JsonWriter(file);
            json.WriteStartObject();
            json.WriteString("StreamName", IngestSettings.StreamName);
            json.WriteStartArray("Records");
            for (var record = 0; record < IngestSettings.RecordsPerRequest; record++)
            {
                random.NextBytes(data);
                json.WriteStartObject();
                json.WriteBase64String("Data", data);
                json.WriteString("PartitionKey", string.Create(CultureInfo.InvariantCulture, $"session-{random.NextInt64():x16}"));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
