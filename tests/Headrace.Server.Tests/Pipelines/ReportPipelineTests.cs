using System.Net;
using System.Text.Json;
using Headrace.Server.Tests.Signing;

namespace Headrace.Server.Tests.Pipelines;

/// <summary>Pipelines tell of themselves over HTTP, and the console's overview has it.</summary>
public sealed class ReportPipelineTests(ServerFixture server, KeyedServerFixture keyed) : IClassFixture<ServerFixture>, IClassFixture<KeyedServerFixture>
{
    private const string Target = "Headrace_20261129.ReportPipeline";

    [Fact]
    public async Task What_a_worker_tells_is_in_the_overview()
    {
        await TellAsync("""
            {"Pipeline":"orders","Group":"etl","Worker":"w1","SourceStream":"in","DeadLetters":"stream:dead","Read":5000000000,"Transformed":9,"Dropped":1,"DeadLettered":2,"Repeated":3,
             "MillisBehindLatest":1500,"CheckpointAgeMilliseconds":250,"Routes":[{"Name":"a","StreamName":"out","Records":7},{"Name":"b","DeliveryStreamName":"archive","Records":1}]}
            """);
        var pipeline = await FindAsync("orders");
        pipeline.GetProperty("group").GetString().ShouldBe("etl");
        pipeline.GetProperty("sourceStream").GetString().ShouldBe("in");
        pipeline.GetProperty("deadLetters").GetString().ShouldBe("stream:dead");
        pipeline.GetProperty("read").GetInt64().ShouldBe(5_000_000_000);
        pipeline.GetProperty("deadLettered").GetInt64().ShouldBe(2);
        pipeline.GetProperty("repeated").GetInt64().ShouldBe(3);
        pipeline.GetProperty("millisBehindLatest").GetInt64().ShouldBe(1500);
        pipeline.GetProperty("checkpointAgeMilliseconds").GetInt64().ShouldBeGreaterThanOrEqualTo(250);
        pipeline.GetProperty("routes").GetRawText().ShouldBe("""[{"name":"a","stream":"out","records":7},{"name":"b","deliveryStream":"archive","records":1}]""");
        pipeline.GetProperty("workers")[0].GetProperty("name").GetString().ShouldBe("w1");
    }

    [Fact]
    public async Task A_worker_that_ended_leaves_its_group_without_a_lag()
    {
        await TellAsync("""{"Pipeline":"ended","Group":"etl","Worker":"w1","SourceStream":"in","Read":3,"MillisBehindLatest":9,"CheckpointAgeMilliseconds":1,"IsLast":true}""");
        var pipeline = await FindAsync("ended");
        pipeline.GetProperty("workers").GetArrayLength().ShouldBe(0);
        pipeline.GetProperty("millisBehindLatest").ValueKind.ShouldBe(JsonValueKind.Null);
        pipeline.GetProperty("checkpointAgeMilliseconds").ValueKind.ShouldBe(JsonValueKind.Null);
        pipeline.GetProperty("read").GetInt64().ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"Group":"g","Worker":"w","SourceStream":"in"}""", "ValidationException")]
    [InlineData("""{"Pipeline":"p","Group":"g","Worker":"w","SourceStream":"in","Read":-1}""", "ValidationException")]
    [InlineData("""{"Pipeline":"p","Group":"g","Worker":"w","SourceStream":"in","Read":1e300}""", "ValidationException")]
    [InlineData("""{"Pipeline":"p","Group":"g","Worker":"w","SourceStream":"in","CheckpointAgeMilliseconds":1e300}""", "ValidationException")]
    [InlineData("""{"Pipeline":"p","Group":"g","Worker":"w","SourceStream":"no stream"}""", "ValidationException")]
    [InlineData("""{"Pipeline":"p\u0007","Group":"g","Worker":"w","SourceStream":"in"}""", "ValidationException")]
    [InlineData("""{"Pipeline":7,"Group":"g","Worker":"w","SourceStream":"in"}""", "SerializationException")]
    [InlineData("""{"Pipeline":"p","Group":"g","Worker":"w","SourceStream":"in","Routes":[{"Records":1}]}""", "ValidationException")]
    public async Task What_makes_no_sense_is_refused(string json, string type)
    {
        var (status, body) = await server.SendAsync(Target, json);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("__type").GetString().ShouldBe(type);
    }

    [Fact]
    public async Task Where_there_are_keys_it_must_be_signed()
    {
        const string report = """{"Pipeline":"p","Group":"g","Worker":"w","SourceStream":"in"}""";
        (string, string)[] headers = [("X-Amz-Target", Target), ("Content-Type", "application/x-amz-json-1.1")];
        (await keyed.SendAsync("kinesis", HttpMethod.Post, "/", report, KeyedServerFixture.AccessKey, KeyedServerFixture.Secret, headers)).Status.ShouldBe(HttpStatusCode.OK);
        (await keyed.SendAsync("kinesis", HttpMethod.Post, "/", report, KeyedServerFixture.AccessKey, "another", headers)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await keyed.SendAsync("kinesis", HttpMethod.Post, "/", report, KeyedServerFixture.AccessKey, KeyedServerFixture.Secret, headers, request => request.Headers.Remove("Authorization")))
            .Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task TellAsync(string json)
    {
        var (status, body) = await server.SendAsync(Target, json);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    private async Task<JsonElement> FindAsync(string pipeline)
    {
        using var overview = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri(server.Endpoint, "console/api/overview"), TestContext.Current.CancellationToken));
        return overview.RootElement.GetProperty("pipelines").EnumerateArray().Single(each => each.GetProperty("name").GetString() == pipeline).Clone();
    }
}
