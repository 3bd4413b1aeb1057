using System.Text;
using System.Text.Json;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Tests.Programs;

/// <summary>The processors that are Headrace's own.</summary>
public class OwnProcessorTests
{
    [Fact]
    public async Task A_jq_filter_makes_drops_and_fails_records()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var filter = new Processor(ProcessorType.Jq, [new ProcessorParameter(ProcessorParameters.JqFilter, """if .n == 1 then {n, made: true} elif .n == 2 then empty elif .n == 3 then .parts[] else error("odd") end""")]);
        var stream = await rig.CreateAsync(destination: Processed(filter));
        await rig.PutAsync("fire", """{"n":1}""", """{"n":2}""", """{"n":3,"parts":["a","b"]}""", """{"n":4}""", "no json");

        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 5);

        rig.Shelf.LinesUnder("lake/made/").ShouldBe(["""{"n":1,"made":true}""", "\"a\"", "\"b\""]);
        Failures(rig).ShouldBe([("""{"n":4}""", "Jq.ProcessingFailed", "odd"), ("no json", "Jq.ProcessingFailed", "Non JSON record provided")]);
    }

    [Fact]
    public async Task A_program_makes_drops_and_fails_records()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.Programs["clean"] = () => new ScriptedProgram(text => text switch
        {
            """{"n":1}""" => "{\"n\":10}\n{\"n\":11}",
            """{"n":2}""" => "",
            _ => "!refused",
        });
        var stream = await rig.CreateAsync(destination: Processed(Exec("clean")));
        await rig.PutAsync("fire", """{"n":1}""", """{"n":2}""", """{"n":3}""", "no json");

        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4);

        rig.Shelf.LinesUnder("lake/made/").ShouldBe(["""{"n":10}""", """{"n":11}"""]);
        Failures(rig).ShouldBe([("no json", "Exec.ProcessingFailed", "Non JSON record provided"), ("""{"n":3}""", "Exec.ProcessingFailed", "refused")]);
    }

    [Fact]
    public async Task A_broken_program_loses_nothing()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var isBroken = true;
        rig.Programs["clean"] = () => new ScriptedProgram(text => isBroken ? throw new IOException("exec cannot start it") : text);
        var stream = await rig.CreateAsync(destination: Processed(Exec("clean")));
        await rig.PutAsync("fire", """{"n":1}""");
        await rig.RunUntilAsync(() => stream.Progress!.LastError == "exec cannot start it");
        isBroken = false;
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        rig.Shelf.LinesUnder("lake/made/").ShouldBe(["""{"n":1}"""]);
    }

    [Theory]
    [InlineData(ProcessorType.Jq, ProcessorParameters.ProgramName, "x", "JqFilter is required when Jq processor is used.")]
    [InlineData(ProcessorType.Jq, ProcessorParameters.JqFilter, "{", "JqFilter is not a valid JQ 1.6 expression: ")]
    [InlineData(ProcessorType.Exec, ProcessorParameters.JqFilter, ".", "ProgramName is required when Exec processor is used.")]
    [InlineData(ProcessorType.Exec, ProcessorParameters.ProgramName, "rm", "ProcessingConfiguration: the server knows no program rm.")]
    public async Task What_can_t_process_is_refused(ProcessorType type, string parameter, string value, string message)
    {
        await using var rig = await DeliveryRig.StartAsync();
        var destination = Processed(new Processor(type, [new ProcessorParameter(parameter, value)]));
        (await Should.ThrowAsync<DeliveryException>(() => rig.CreateAsync(destination: destination))).Message.ShouldStartWith(message);
    }

    private static Processor Exec(string program) => new(ProcessorType.Exec, [new ProcessorParameter(ProcessorParameters.ProgramName, program)]);

    private static S3Destination Processed(Processor processor) => DeliveryRig.To(seconds: 0) with
    {
        Prefix = "made/",
        ErrorOutputPrefix = "failed/",
        Processing = new ProcessingConfiguration(true, [processor, new Processor(ProcessorType.AppendDelimiterToRecord, [])]),
    };

    private static List<(string, string?, string?)> Failures(DeliveryRig rig) => [.. rig.Shelf.LinesUnder("lake/failed/processing-failed/")
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Select(line => (Encoding.UTF8.GetString(line.GetProperty("rawData").GetBytesFromBase64()), line.GetProperty("errorCode").GetString(), line.GetProperty("errorMessage").GetString()))];
}
