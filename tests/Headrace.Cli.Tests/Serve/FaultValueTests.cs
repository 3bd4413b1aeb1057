using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve;

namespace Headrace.Cli.Tests.Serve;

public sealed class FaultValueTests
{
    [Theory]
    [InlineData("PutRecords=ProvisionedThroughputExceededException:10%", "Kinesis", "PutRecords", "ProvisionedThroughputExceededException", 0.1, 0, true)]
    [InlineData("GetRecords=InternalFailure:5%:200ms", "Kinesis", "GetRecords", "InternalFailure", 0.05, 200, false)]
    [InlineData("PutRecordBatch=ServiceUnavailableException:100%", "Firehose", "PutRecordBatch", "ServiceUnavailableException", 1, 0, true)]
    [InlineData("PutRecord=ProvisionedThroughputExceededException:0.5%", "Kinesis", "PutRecord", "ProvisionedThroughputExceededException", 0.005, 0, false)]
    [InlineData("firehose.PutRecord=InternalFailure:1%", "Firehose", "PutRecord", "InternalFailure", 0.01, 0, false)]
    [InlineData("PutRecords=Delay:50%:2s", "Kinesis", "PutRecords", "Delay", 0.5, 2000, false)]
    [InlineData("PutRecords=LostAnswer:1%", "Kinesis", "PutRecords", "LostAnswer", 0.01, 0, false)]
    public void Rules_say_what_fails_how_and_how_often(string text, string service, string operation, string error, double share, int delayMs, bool byRecord)
    {
        var rule = FaultValue.Parse(text);
        (rule.Service, rule.Operation, rule.Error).ShouldBe((service, operation, error));
        rule.Share.ShouldBe(share, 1e-9);
        rule.Delay.ShouldBe(TimeSpan.FromMilliseconds(delayMs));
        rule.IsByRecord.ShouldBe(byRecord);
    }

    [Theory]
    [InlineData("PutRecords", "it must be like")]
    [InlineData("PutRecords=InternalFailure", "it must be like")]
    [InlineData("PutRecords=InternalFailure:1%:2s:3", "it must be like")]
    [InlineData("PutRecords=InternalFailure:0.1", "the share must be like 10%")]
    [InlineData("PutRecords=InternalFailure:0%", "more than 0%")]
    [InlineData("PutRecords=InternalFailure:101%", "at most 100%")]
    [InlineData("GetRecords=InternalFailure:1%:soon", "the delay must be a duration")]
    [InlineData("GetRecords=Delay:1%", "Delay needs to say how long")]
    [InlineData("putrecords=InternalFailure:1%", "there is no operation 'putrecords'; did you mean PutRecords?")]
    [InlineData("Frobnicate=InternalFailure:1%", "there is no operation 'Frobnicate'")]
    [InlineData("S3.PutObject=InternalFailure:1%", "not of 'S3'")]
    [InlineData("Firehose.GetRecords=InternalFailure:1%", "there is no operation 'GetRecords'")]
    [InlineData("GetRecords=Oops:1%", "GetRecords has no error 'Oops'; it has ProvisionedThroughputExceededException, ")]
    [InlineData("PutRecord=InternalFailure:1%", "say Kinesis.PutRecord or Firehose.PutRecord")]
    [InlineData("PutRecords=InternalFailure:1%:2s", "add a rule PutRecords=Delay")]
    public void What_is_no_rule_is_refused_with_the_reason(string text, string expected)
    {
        var mistake = Should.Throw<UsageException>(() => FaultValue.Parse(text));
        mistake.Message.ShouldStartWith($"--fault {text}: ");
        mistake.Message.ShouldContain(expected);
    }

    [Fact]
    public void The_file_has_rules_too_and_a_seed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("headrace.json", """{"faults": ["GetRecords=InternalFailure:5%", "PutRecords=InternalFailure:1%"], "fault-seed": 7}""");
        var options = new ServeSettings().Over(ServeConfigFile.Read(path)).ToServerOptions();
        options.Faults.Select(rule => rule.Operation).ShouldBe(["GetRecords", "PutRecords"]);
        options.FaultSeed.ShouldBe(7);
        var typed = new ServeSettings { Faults = ["ListStreams=LimitExceededException:1%"] };
        typed.Over(ServeConfigFile.Read(path)).ToServerOptions().Faults.Single().Operation.ShouldBe("ListStreams");
        Should.Throw<UsageException>(() => ServeConfigFile.Read(folder.File("wrong.json", """{"faults": "x"}"""))).Message.ShouldContain("'faults'");
    }
}
