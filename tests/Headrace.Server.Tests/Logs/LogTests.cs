using System.Net;
using System.Text.Json;
using Headrace.Server.Tests.Firehose;

namespace Headrace.Server.Tests.Logs;

public class LogTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task What_stands_in_the_way_of_a_delivery_is_in_its_log()
    {
        await server.CreateDeliveryStreamAsync("logged", """
            "BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":0},"CloudWatchLoggingOptions":{"Enabled":true,"LogGroupName":"/my/group","LogStreamName":"mine"}
            """);
        (await LogsAsync("DescribeLogGroups", """{"logGroupNamePrefix":"/my"}""")).GetProperty("logGroups").EnumerateArray()
            .Select(group => group.GetProperty("logGroupName").GetString()).ShouldBe(["/my/group"]);
        await server.FirehoseAsync("PutRecord", """{"DeliveryStreamName":"logged","Record":{"Data":"aGVsbG8="}}""");
        var events = Array.Empty<JsonElement>();
        await Poll.UntilAsync(async () => (events = await EventsAsync("FilterLogEvents", """{"logGroupName":"/my/group"}""")).Length > 0);
        events[0].GetProperty("logStreamName").GetString().ShouldBe("mine");
        var line = JsonDocument.Parse(events[0].GetProperty("message").GetString()!).RootElement;
        line.GetProperty("deliveryStreamARN").GetString().ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/logged");
        line.GetProperty("destination").GetString().ShouldBe("arn:aws:s3:::lake");
        line.GetProperty("errorCode").GetString().ShouldBe("S3.NoSuchBucket");
        line.GetProperty("deliveryStreamVersionId").GetInt32().ShouldBe(1);

        var head = await LogsAsync("GetLogEvents", """{"logGroupName":"/my/group","logStreamName":"mine","startFromHead":true,"limit":1}""");
        head.GetProperty("events").GetArrayLength().ShouldBe(1);
        var token = head.GetProperty("nextForwardToken").GetString();
        var end = await LogsAsync("GetLogEvents", $$"""{"logGroupName":"/my/group","logStreamName":"mine","nextToken":"{{token}}"}""");
        (end.GetProperty("events").GetArrayLength() > 0 || end.GetProperty("nextForwardToken").GetString() == token).ShouldBeTrue();
        (await EventsAsync("FilterLogEvents", """{"logGroupName":"/my/group","filterPattern":"\"no bucket\" NoSuch"}""")).Length.ShouldBe(events.Length);
        (await EventsAsync("FilterLogEvents", """{"logGroupName":"/my/group","filterPattern":"nothing"}""")).ShouldBeEmpty();
        (await EventsAsync("FilterLogEvents", """{"logGroupIdentifier":"arn:aws:logs:us-east-1:000000000000:log-group:/my/group:*","endTime":1000}""")).ShouldBeEmpty();
        var streams = (await LogsAsync("DescribeLogStreams", """{"logGroupName":"/my/group","orderBy":"LastEventTime","descending":true}""")).GetProperty("logStreams");
        streams[0].GetProperty("logStreamName").GetString().ShouldBe("mine");
        streams[0].GetProperty("lastEventTimestamp").GetInt64().ShouldBeGreaterThan(1_700_000_000_000);
    }

    [Theory]
    [InlineData("GetLogEvents", """{"logGroupName":"none","logStreamName":"s"}""", "ResourceNotFoundException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"none"}""", "ResourceNotFoundException")]
    [InlineData("DescribeLogStreams", """{"logGroupName":"none"}""", "ResourceNotFoundException")]
    [InlineData("DescribeLogStreams", "{}", "InvalidParameterException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"none","logStreamNames":["a"],"logStreamNamePrefix":"a"}""", "InvalidParameterException")]
    [InlineData("CreateLogGroup", "{}", "UnknownOperationException")]
    public async Task What_is_not_there_is_refused(string operation, string request, string type)
    {
        var (status, body) = await server.SendAsync($"Logs_20140328.{operation}", request);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("__type").GetString().ShouldBe(type);
    }

    private async Task<JsonElement[]> EventsAsync(string operation, string json)
    {
        var answer = await LogsAsync(operation, json);
        return [.. answer.GetProperty("events").EnumerateArray()];
    }

    private async Task<JsonElement> LogsAsync(string operation, string json)
    {
        var (status, body) = await server.SendAsync($"Logs_20140328.{operation}", json);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }
}
