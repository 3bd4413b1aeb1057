using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Headrace.Protocol;
using Headrace.Protocol.EventStream;

namespace Headrace.Client.Tests.Subscriptions;

/// <summary>Answers each subscription with what the script has for it, and remembers where it was to start.</summary>
internal sealed class StubSubscriptions(params StubSubscriptions.Answer[] script) : HttpMessageHandler
{
    private const string Json = "application/x-amz-json-1.1";

    private int _next;

    /// <summary>Where the subscriptions were to start: <c>TYPE NUMBER</c>.</summary>
    public List<string> Starts { get; } = [];

    public KinesisClient Client() => new(new ClientOptions { EndpointUrl = new Uri("http://127.0.0.1:1") }, this);

    public static Answer Frames(params byte[][] frames) => new(200, [Frame("initial-response", "{}"), .. frames]);

    /// <summary>The connection breaks behind these frames.</summary>
    public static Answer Broken(params byte[][] frames) => Frames([.. frames, Event("8", 8)[..30]]);

    public static Answer Refused(string type, int status = 400) => new(status, [Encoding.UTF8.GetBytes($$"""{"__type":"{{type}}","message":"because"}""")]);

    /// <param name="continuation">Null: the shard's last.</param>
    /// <param name="records">Their sequence numbers and data.</param>
    public static byte[] Event(string? continuation, params int[] records)
    {
        var members = records.Select(n => $$"""{"SequenceNumber":"{{n}}","PartitionKey":"k","ApproximateArrivalTimestamp":1,"Data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{n}"))}}"}""");
        var end = continuation is null ? ",\"ChildShards\":[{\"ShardId\":\"c\",\"ParentShards\":[\"s\"]}]" : $",\"ContinuationSequenceNumber\":\"{continuation}\"";
        return Frame("SubscribeToShardEvent", $$"""{"Records":[{{string.Join(',', members)}}],"MillisBehindLatest":0{{end}}}""");
    }

    public static byte[] Failure(string type)
    {
        using var frame = new PooledBuffer(256);
        EventFrameWriter.Begin(frame, EventFrameWriter.ExceptionHeaders(type, Json));
        return End(frame, """{"message":"because"}""");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = script[Math.Min(_next++, script.Length - 1)];
        using var members = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var start = members.RootElement.GetProperty("StartingPosition");
        Starts.Add($"{start.GetProperty("Type").GetString()} {(start.TryGetProperty("SequenceNumber", out var number) ? number.GetString() : "")}".Trim());
        return new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new StreamContent(new MemoryStream([.. answer.Parts.SelectMany(part => part)])) };
    }

    private static byte[] Frame(string type, string payload)
    {
        using var frame = new PooledBuffer(256);
        EventFrameWriter.Begin(frame, EventFrameWriter.EventHeaders(type, Json));
        return End(frame, payload);
    }

    private static byte[] End(PooledBuffer frame, string payload)
    {
        frame.Write(Encoding.UTF8.GetBytes(payload));
        EventFrameWriter.End(frame);
        return frame.WrittenSpan.ToArray();
    }

    internal sealed record Answer(int Status, byte[][] Parts);
}
