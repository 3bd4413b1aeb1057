using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Endpoints;

/// <summary>Makes the requests of Firehose's delivery protocol, version 1.0.</summary>
internal static class EndpointRequest
{
    /// <param name="endpoint">Where to.</param>
    /// <param name="streamArn">Whose records these are.</param>
    /// <param name="requestId">The same for every attempt, so that the service can tell a repeated one.</param>
    /// <param name="body">What <see cref="BodyOf"/> made.</param>
    public static HttpRequestMessage Of(HttpEndpoint endpoint, string streamArn, string requestId, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (IsPacked(endpoint))
            request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add("X-Amz-Firehose-Protocol-Version", "1.0");
        request.Headers.Add("X-Amz-Firehose-Request-Id", requestId);
        request.Headers.Add("X-Amz-Firehose-Source-Arn", streamArn);
        request.Headers.UserAgent.ParseAdd("Amazon Kinesis Data Firehose Agent/1.0");
        if (!string.IsNullOrEmpty(endpoint.AccessKey))
            request.Headers.TryAddWithoutValidation("X-Amz-Firehose-Access-Key", endpoint.AccessKey);
        if (endpoint.Attributes.Count > 0)
            request.Headers.TryAddWithoutValidation("X-Amz-Firehose-Common-Attributes", AttributesOf(endpoint));
        return request;
    }

    /// <summary>A request's body: the records in Base64, packed where the endpoint wants that.</summary>
    public static ReadOnlyMemory<byte> BodyOf(HttpEndpoint endpoint, ObjectBuffer records, string requestId, long nowUnixMs)
    {
        var json = new ArrayBufferWriter<byte>((records.Length * 4 / 3) + (records.Records * 16) + 256);
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("requestId", requestId);
            writer.WriteNumber("timestamp", nowUnixMs);
            writer.WriteStartArray("records");
            for (var (i, from) = (0, 0); i < records.Ends.Count; from = records.Ends[i++])
            {
                writer.WriteStartObject();
                writer.WriteBase64String("data", records.Bytes.Span[from..records.Ends[i]]);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        if (!IsPacked(endpoint))
            return json.WrittenMemory;
        var packed = new MemoryStream(json.WrittenCount / 2);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(json.WrittenSpan);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private static bool IsPacked(HttpEndpoint endpoint) => endpoint.ContentEncoding == "GZIP";

    private static string AttributesOf(HttpEndpoint endpoint)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            // Escapes keep the header in ASCII.
            writer.WriteStartObject();
            writer.WriteStartObject("commonAttributes");
            foreach (var (name, value) in endpoint.Attributes)
                writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Encoding.ASCII.GetString(json.WrittenSpan);
    }
}
