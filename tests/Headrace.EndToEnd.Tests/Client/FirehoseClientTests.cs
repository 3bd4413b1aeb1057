using System.Text.Json;
using Headrace.Client;
using Headrace.Client.Firehose;
using Headrace.EndToEnd.Tests.Processes;
using FirehoseRecord = Headrace.Client.Firehose.Record;

namespace Headrace.EndToEnd.Tests.Client;

/// <summary>Every operation's typed request and answer against a real server.</summary>
public sealed class FirehoseClientTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Role = "arn:aws:iam::000000000000:role/delivery";

    [Fact]
    public async Task Every_operation_is_called()
    {
        using var called = new CalledOperations("firehose");
        using var firehose = new FirehoseClient(new ClientOptions { EndpointUrl = server.Process.Endpoint, Region = "us-east-1" });
        const string name = "typed";
        var created = await firehose.CreateDeliveryStreamAsync(new CreateDeliveryStreamRequest
        {
            DeliveryStreamName = name,
            DeliveryStreamType = "DirectPut",
            Tags = [new Tag { Key = "a", Value = "b" }],
            ExtendedS3DestinationConfiguration = new ExtendedS3DestinationConfiguration
            {
                RoleArn = Role,
                BucketArn = "arn:aws:s3:::typed",
                Prefix = "!{partitionKeyFromQuery:country}/",
                ErrorOutputPrefix = "errors/",
                BufferingHints = new BufferingHints { SizeInMBs = 64, IntervalInSeconds = 60 },
                CompressionFormat = "GZIP",
                DynamicPartitioningConfiguration = new DynamicPartitioningConfiguration { Enabled = true, RetryOptions = new RetryOptions { DurationInSeconds = 30 } },
                ProcessingConfiguration = new ProcessingConfiguration
                {
                    Enabled = true,
                    Processors =
                    [
                        new Processor
                        {
                            Type = "MetadataExtraction",
                            Parameters =
                            [
                                new ProcessorParameter { ParameterName = "MetadataExtractionQuery", ParameterValue = "{country:.country}" },
                                new ProcessorParameter { ParameterName = "JsonParsingEngine", ParameterValue = "JQ-1.6" },
                            ],
                        },
                    ],
                },
            },
        });
        var description = await ActiveAsync(firehose, name);
        description.DeliveryStreamArn.ShouldBe(created.DeliveryStreamArn);
        description.Destinations.Single().ExtendedS3DestinationDescription!.ProcessingConfiguration!.Processors!.Single().Parameters!.Count.ShouldBe(2);

        await firehose.UpdateDestinationAsync(new UpdateDestinationRequest
        {
            DeliveryStreamName = name,
            CurrentDeliveryStreamVersionId = description.VersionId,
            DestinationId = description.Destinations[0].DestinationId,
            ExtendedS3DestinationUpdate = new ExtendedS3DestinationUpdate { ErrorOutputPrefix = "failed/" },
        });
        (await ActiveAsync(firehose, name)).Destinations.Single().ExtendedS3DestinationDescription!.ErrorOutputPrefix.ShouldBe("failed/");

        (await firehose.PutRecordAsync(new PutRecordRequest { DeliveryStreamName = name, Record = new FirehoseRecord { Data = """{"country":"FR"}"""u8.ToArray() } })).RecordId.ShouldNotBeEmpty();
        var batch = await firehose.PutRecordBatchAsync(new PutRecordBatchRequest { DeliveryStreamName = name, Records = [new FirehoseRecord { Data = """{"country":"DE"}"""u8.ToArray() }] });
        batch.FailedPutCount.ShouldBe(0);
        batch.RequestResponses.Single().RecordId.ShouldNotBeNull();

        await firehose.TagDeliveryStreamAsync(new TagDeliveryStreamRequest { DeliveryStreamName = name, Tags = [new Tag { Key = "c" }] });
        await firehose.UntagDeliveryStreamAsync(new UntagDeliveryStreamRequest { DeliveryStreamName = name, TagKeys = ["a"] });
        (await firehose.ListTagsForDeliveryStreamAsync(new ListTagsForDeliveryStreamRequest { DeliveryStreamName = name })).Tags.Single().Key.ShouldBe("c");
        await firehose.StartDeliveryStreamEncryptionAsync(new StartDeliveryStreamEncryptionRequest
        {
            DeliveryStreamName = name,
            DeliveryStreamEncryptionConfigurationInput = new DeliveryStreamEncryption { KeyType = "AWS_OWNED_CMK" },
        });
        await Deadline.UntilAsync(async () => (await DescribeAsync(firehose, name)).DeliveryStreamEncryptionConfiguration?.Status == "ENABLED", "encryption is on");
        await firehose.StopDeliveryStreamEncryptionAsync(new StopDeliveryStreamEncryptionRequest { DeliveryStreamName = name });
        (await firehose.ListDeliveryStreamsAsync(new ListDeliveryStreamsRequest { DeliveryStreamType = "DirectPut" })).DeliveryStreamNames.ShouldContain(name);
        await firehose.DeleteDeliveryStreamAsync(new DeleteDeliveryStreamRequest { DeliveryStreamName = name });

        KnownOperations.Of("Data Firehose").Except(called.Names).ShouldBeEmpty();
    }

    /// <summary>What the library has no type for goes to the service all the same, whose word it is.</summary>
    [Fact]
    public async Task Other_destinations_are_given_as_JSON()
    {
        using var firehose = new FirehoseClient(new ClientOptions { EndpointUrl = server.Process.Endpoint, Region = "us-east-1" });
        using var splunk = JsonDocument.Parse($$"""
            {"HECEndpoint":"https://splunk.example","HECEndpointType":"Raw","S3Configuration":{"RoleARN":"{{Role}}","BucketARN":"arn:aws:s3:::b"} }
            """);
        var refused = await Should.ThrowAsync<InvalidArgumentException>(() => firehose.CreateDeliveryStreamAsync(new CreateDeliveryStreamRequest
        {
            DeliveryStreamName = "other",
            Others = new Dictionary<string, JsonElement> { ["SplunkDestinationConfiguration"] = splunk.RootElement },
        }));
        refused.Message.ShouldContain("Splunk");
    }

    private static async Task<DeliveryStreamDescription> ActiveAsync(FirehoseClient firehose, string name)
    {
        await Deadline.UntilAsync(async () => (await DescribeAsync(firehose, name)).DeliveryStreamStatus == "ACTIVE", $"{name} is active");
        return await DescribeAsync(firehose, name);
    }

    private static async Task<DeliveryStreamDescription> DescribeAsync(FirehoseClient firehose, string name) =>
        (await firehose.DescribeDeliveryStreamAsync(new DescribeDeliveryStreamRequest { DeliveryStreamName = name })).DeliveryStreamDescription;
}
