using System.Text;
using System.Text.Json;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;

namespace Headrace.Delivery.Tests.Endpoints;

public class EndpointTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("GZIP")]
    public async Task Records_are_sent_as_the_protocol_has_it(string? encoding)
    {
        await using var web = WebService.Start();
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: To(web, endpoint => endpoint with
        {
            AccessKey = "secret",
            ContentEncoding = encoding,
            Attributes = [KeyValuePair.Create("env", "prüf"), KeyValuePair.Create("team", "water")],
        }));
        await rig.PutAsync("fire", "one", "", "two\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        var request = web.Requests.Single();
        request.Records.ShouldBe(["one", "", "two\n"]);
        request.BodyId.ShouldBe(request.Id);
        Guid.TryParse(request.Id, out _).ShouldBeTrue();
        request.Headers["X-Amz-Firehose-Protocol-Version"].ShouldBe("1.0");
        request.Headers["X-Amz-Firehose-Source-Arn"].ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/fire");
        request.Headers["X-Amz-Firehose-Access-Key"].ShouldBe("secret");
        request.Headers["Content-Type"].ShouldBe("application/json");
        JsonDocument.Parse(request.Headers["X-Amz-Firehose-Common-Attributes"]).RootElement.GetProperty("commonAttributes").ToString().ShouldContain("\"team\":\"water\"");
        request.Headers.GetValueOrDefault("Content-Encoding").ShouldBe(encoding is null ? null : "gzip");
        rig.Shelf.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_fails_is_asked_again_with_the_same_request_until_it_takes_it()
    {
        await using var web = WebService.Start();
        web.Answers = number => number switch
        {
            1 => new WebService.Answer(500, "down"),
            2 => new WebService.Answer(200, """{"requestId":"another","timestamp":1}"""),
            3 => new WebService.Answer(200, "<html/>", "text/html"),
            4 => new WebService.Answer(201),
            _ => null,
        };
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: To(web, endpoint => endpoint with { RetrySeconds = 7200 }));
        await rig.PutAsync("fire", "one");
        await rig.RunUntilAsync(() => stream.Progress!.LastError?.Contains("500: down", StringComparison.Ordinal) == true);
        await rig.PutAsync("fire", "two");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        web.Requests.Take(5).Select(request => request.Id).Distinct().Count().ShouldBe(1);
        web.Taken.ShouldBe(["one", "two"]);
        stream.Progress!.LastError.ShouldBeNull();
        rig.Shelf.Keys.ShouldBeEmpty();
    }

    /// <summary>The clock runs while a call is under way, so retries last long enough for a slow machine to make more than one.</summary>
    [Theory]
    [InlineData(500, "sorry", 60, "HttpEndpoint.DestinationException", "500: sorry")]
    [InlineData(413, "too much", 7200, "HttpEndpoint.DestinationException", "413: too much")]
    [InlineData(200, "{\"requestId\":\"another\",\"timestamp\":1}", 60, "HttpEndpoint.ResponseMismatch", "another")]
    [InlineData(200, "{}", 60, "HttpEndpoint.InvalidResponseFromDestination", "{}")]
    public async Task What_a_service_never_takes_goes_to_the_backup(int status, string body, int retrySeconds, string code, string message)
    {
        await using var web = WebService.Start();
        web.Answers = _ => new WebService.Answer(status, body);
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: To(web, endpoint => endpoint with { RetrySeconds = retrySeconds }));
        await rig.PutAsync("fire", "one", "two");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        var lines = rig.Shelf.LinesUnder("lake/failed/http-endpoint-failed").ConvertAll(line => JsonDocument.Parse(line).RootElement);
        lines.ConvertAll(line => Encoding.UTF8.GetString(line.GetProperty("rawData").GetBytesFromBase64())).ShouldBe(["one", "two"]);
        lines[0].GetProperty("errorCode").GetString().ShouldBe(code);
        lines[0].GetProperty("errorMessage").GetString()!.ShouldContain(message);
        lines[0].GetProperty("attemptsMade").GetInt32().ShouldBe(web.Requests.Count);
        (web.Requests.Count == 1).ShouldBe(status == 413);
        // The next ones are not in the way of those.
        web.Answers = _ => null;
        await rig.PutAsync("fire", "three");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        web.Taken.ShouldBe(["three"]);
    }

    [Fact]
    public async Task A_service_that_hangs_is_waited_for_only_so_long()
    {
        await using var web = WebService.Start();
        web.Answers = number => number <= 2 ? new WebService.Answer(0) : null;
        await using var rig = await DeliveryRig.StartAsync(endpointTimeout: TimeSpan.FromSeconds(20));
        var stream = await rig.CreateAsync(destination: To(web, endpoint => endpoint with { RetrySeconds = 7200 }));
        await rig.PutAsync("fire", "one");
        await rig.RunUntilAsync(() => stream.Progress!.LastError?.Contains("did not answer within 20 seconds", StringComparison.Ordinal) == true);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        web.Taken.ShouldBe(["one"]);
    }

    [Fact]
    public async Task All_records_are_backed_up_as_they_came_where_that_is_wanted()
    {
        await using var web = WebService.Start();
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: To(web, endpoint => endpoint) with { BacksUp = true });
        await rig.PutAsync("fire", "one\n", "two\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4);
        web.Taken.ShouldBe(["one\n", "two\n"]);
        rig.Shelf.LinesUnder("lake/raw/").ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_request_under_way_when_the_server_dies_is_sent_again_under_its_id()
    {
        await using var web = WebService.Start();
        web.Answers = _ => new WebService.Answer(0);
        await using var rig = await DeliveryRig.StartAsync();
        await rig.CreateAsync(destination: To(web, endpoint => endpoint));
        await rig.PutAsync("fire", "one", "two");
        await rig.RunUntilAsync(() => !web.Requests.IsEmpty);
        web.Answers = _ => null;
        await rig.RestartAsync();
        await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == 2);
        web.Requests.Select(request => request.Id).Distinct().Count().ShouldBe(1);
        web.Requests.Last().Records.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task What_was_given_up_when_the_server_dies_becomes_the_same_object()
    {
        await using var web = WebService.Start();
        web.Answers = _ => new WebService.Answer(500);
        await using var rig = await DeliveryRig.StartAsync();
        rig.Shelf.AfterPut = (_, _) => throw new IOException("The answer was lost.");
        var stream = await rig.CreateAsync(destination: To(web, endpoint => endpoint with { RetrySeconds = 0 }));
        await rig.PutAsync("fire", "one");
        await rig.RunUntilAsync(() => stream.Progress!.LastError == "The answer was lost.");
        var key = rig.Shelf.Keys.Single();
        var first = rig.Shelf.Read("lake", key["lake/".Length..]);
        rig.Shelf.Remove(key);
        rig.Shelf.AfterPut = (_, _) => Task.CompletedTask;
        await rig.RestartAsync();
        await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == 1);
        rig.Shelf.Keys.ShouldBe([key]);
        rig.Shelf.Read("lake", key["lake/".Length..]).ShouldBe(first);
        web.Requests.Count.ShouldBe(1);
    }

    private static S3Destination To(WebService web, Func<HttpEndpoint, HttpEndpoint> with) => DeliveryRig.To(seconds: 1) with
    {
        Endpoint = with(new HttpEndpoint { Url = web.Url }),
        Backup = DeliveryRig.To(seconds: 1) with { Prefix = "raw/", ErrorOutputPrefix = "failed/!{firehose:error-output-type}/" },
    };
}
