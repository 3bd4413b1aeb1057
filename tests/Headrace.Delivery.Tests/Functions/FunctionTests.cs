using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Tests.Functions;

public class FunctionTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:transform";

    [Fact]
    public async Task A_function_makes_other_records_drops_some_and_fails_some()
    {
        await using var functions = FunctionService.Start(text => text switch
        {
            "drop" => new JsonObject { ["result"] = "Dropped" },
            "fail" => new JsonObject { ["result"] = "ProcessingFailed", ["data"] = "ignored" },
            _ => new JsonObject { ["result"] = "Ok", ["data"] = text.ToUpperInvariant() + "\n" },
        });
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var stream = await rig.CreateAsync(destination: With());
        await rig.PutAsync("fire", "one", "drop", "fail", "two");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        rig.Shelf.LinesUnder("lake/made/").ShouldBe(["ONE", "TWO"]);
        var line = JsonDocument.Parse(rig.Shelf.LinesUnder("lake/errors/processing-failed/").Single()).RootElement;
        Encoding.UTF8.GetString(line.GetProperty("rawData").GetBytesFromBase64()).ShouldBe("fail");
        line.GetProperty("errorCode").GetString().ShouldBe("Lambda.ProcessingFailedStatus");
        line.GetProperty("lambdaARN").GetString().ShouldBe(Arn);
        line.GetProperty("attemptsMade").GetInt32().ShouldBe(1);
        functions.Paths.First().ShouldBe("/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Atransform/invocations");
        var given = functions.Events.First();
        given.GetProperty("deliveryStreamArn").GetString().ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/fire");
        given.GetProperty("region").GetString().ShouldBe("us-east-1");
        given.GetProperty("records")[0].GetProperty("approximateArrivalTimestamp").GetInt64().ShouldBeGreaterThan(1_700_000_000_000);
    }

    [Fact]
    public async Task A_function_is_told_where_a_record_stood_in_its_stream()
    {
        await using var functions = FunctionService.Start(text => new JsonObject { ["result"] = "Ok", ["data"] = text });
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var source = await rig.CreateDataStreamAsync("source", 1);
        var stream = await rig.CreateAsync(destination: With(), kinesis: "source");
        await DeliveryRig.PutDataAsync(source, "one");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        var given = functions.Events.Single();
        given.GetProperty("sourceKinesisStreamArn").GetString().ShouldBe("arn:aws:kinesis:us-east-1:000000000000:stream/source");
        var metadata = given.GetProperty("records")[0].GetProperty("kinesisRecordMetadata");
        metadata.GetProperty("shardId").GetString().ShouldBe("shardId-000000000000");
        metadata.GetProperty("partitionKey").GetString().ShouldBe("one");
        metadata.GetProperty("sequenceNumber").GetString()!.Length.ShouldBe(56);
    }

    [Fact]
    public async Task A_function_gives_partition_keys()
    {
        await using var functions = FunctionService.Start(text => new JsonObject
        {
            ["result"] = "Ok",
            ["data"] = text,
            ["metadata"] = new JsonObject { ["partitionKeys"] = new JsonObject { ["side"] = text.Length % 2 == 0 ? "even" : "odd" } },
        });
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var stream = await rig.CreateAsync(destination: With() with
        {
            BufferMegabytes = 64,
            Prefix = "data/!{partitionKeyFromLambda:side}/",
            DynamicPartitioning = new DynamicPartitioning(Enabled: true, RetrySeconds: null),
        });
        await rig.PutAsync("fire", "a\n", "bb\n", "c\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        rig.Shelf.LinesUnder("lake/data/even/").ShouldBe(["a", "c"]);
        rig.Shelf.LinesUnder("lake/data/odd/").ShouldBe(["bb"]);
    }

    [Theory]
    [InlineData(500, false, "broken", "Lambda.InvokeFailed", "500")]
    [InlineData(429, false, "slow down", "Lambda.InvokeLimitExceeded", "slow down")]
    [InlineData(200, true, "{\"errorMessage\":\"oh\"}", "Lambda.FunctionError", "oh")]
    [InlineData(200, false, "{\"records\":[]}", "Lambda.MissingRecordId", "not returned")]
    [InlineData(200, false, "[]", "Lambda.JsonProcessingException", "records")]
    public async Task What_a_function_never_answers_is_failed_after_its_retries(int status, bool isFunctionError, string body, string code, string message)
    {
        await using var functions = FunctionService.Start(text => new JsonObject { ["result"] = "Ok", ["data"] = text });
        functions.Instead = number => number <= 3 ? (status, isFunctionError, body) : null;
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var stream = await rig.CreateAsync(destination: With((ProcessorParameters.NumberOfRetries, "2")));
        await rig.PutAsync("fire", "one", "two");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        var lines = rig.Shelf.LinesUnder("lake/errors/processing-failed/").ConvertAll(line => JsonDocument.Parse(line).RootElement);
        lines.ConvertAll(line => Encoding.UTF8.GetString(line.GetProperty("rawData").GetBytesFromBase64())).ShouldBe(["one", "two"]);
        lines[0].GetProperty("errorCode").GetString().ShouldBe(code);
        lines[0].GetProperty("errorMessage").GetString()!.ShouldContain(message);
        lines[0].GetProperty("attemptsMade").GetInt32().ShouldBe(3);
        await rig.PutAsync("fire", "three");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        rig.Shelf.LinesUnder("lake/made/").ShouldBe(["three"]);
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_seen_in_the_records()
    {
        await using var functions = FunctionService.Start(text => new JsonObject { ["result"] = "Ok", ["data"] = text });
        functions.Instead = number => number == 1 ? (503, false, "") : null;
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var stream = await rig.CreateAsync(destination: With());
        await rig.PutAsync("fire", "one");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.Shelf.LinesUnder("lake/made/").ShouldBe(["one"]);
        stream.Progress!.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Records_are_gathered_for_as_long_as_the_hints_say()
    {
        await using var functions = FunctionService.Start(text => new JsonObject { ["result"] = "Ok", ["data"] = text });
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var stream = await rig.CreateAsync(destination: With((ProcessorParameters.BufferSizeInMBs, "3"), (ProcessorParameters.BufferIntervalInSeconds, "60")));
        await rig.PutAsync("fire", "one\n");
        await Poll.UntilAsync(() => stream.Traffic.RecordsRead == 1);
        await rig.PutAsync("fire", "two\n");
        await Poll.UntilAsync(() => stream.Traffic.RecordsRead == 2);
        functions.Events.ShouldBeEmpty();
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        functions.Events.Single().GetProperty("records").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task An_event_is_no_larger_than_a_function_takes()
    {
        await using var functions = FunctionService.Start(text => new JsonObject { ["result"] = "Ok", ["data"] = text.Length + "\n" });
        await using var rig = await DeliveryRig.StartAsync(lambdaEndpoint: functions.Address);
        var stream = await rig.CreateAsync(destination: With((ProcessorParameters.BufferSizeInMBs, "3"), (ProcessorParameters.BufferIntervalInSeconds, "60")));
        // A page more than the hints ask for can come along, and small records are larger as JSON.
        for (var i = 0; i < 5; i++)
            await rig.PutAsync("fire", new string('x', 1_000_000));
        await rig.PutAsync("fire", [.. Enumerable.Repeat("y", 4_990)]);
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4_995);
        functions.Events.ShouldAllBe(given => given.GetRawText().Length <= 6 * 1024 * 1024);
        functions.Events.Sum(given => given.GetProperty("records").GetArrayLength()).ShouldBe(4_995);
    }

    [Fact]
    public async Task Without_an_endpoint_functions_are_refused()
    {
        await using var rig = await DeliveryRig.StartAsync();
        (await Should.ThrowAsync<DeliveryException>(() => rig.CreateAsync(destination: With()))).Message.ShouldContain("--lambda-endpoint");
    }

    private static S3Destination With(params (string Name, string Value)[] parameters) => DeliveryRig.To(seconds: 1) with
    {
        Prefix = "made/",
        ErrorOutputPrefix = "errors/!{firehose:error-output-type}/",
        Processing = new ProcessingConfiguration(Enabled: true, [new Processor(ProcessorType.Lambda, [
            new ProcessorParameter(ProcessorParameters.LambdaArn, Arn),
            .. (parameters.Any(parameter => parameter.Name == ProcessorParameters.BufferSizeInMBs) ? parameters :
                [.. parameters, (ProcessorParameters.BufferSizeInMBs, "1"), (ProcessorParameters.BufferIntervalInSeconds, "0")])
                .Select(parameter => new ProcessorParameter(parameter.Name, parameter.Value))])]),
    };
}
