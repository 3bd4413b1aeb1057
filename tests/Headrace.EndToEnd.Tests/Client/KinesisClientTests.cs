using Headrace.Client;
using Headrace.Client.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Client;

/// <summary>Every operation's typed request and answer against a real server.</summary>
public sealed class KinesisClientTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string FirstShard = "shardId-000000000000";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_operation_is_called(bool http2)
    {
        using var called = new CalledOperations("kinesis");
        using var kinesis = new KinesisClient(new ClientOptions { EndpointUrl = server.Process.Endpoint, Region = "us-east-1", UseHttp2 = http2 });
        var name = $"typed-{Guid.NewGuid():N}";
        await kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = 1, Tags = new Dictionary<string, string> { ["a"] = "b" }, MaxRecordSizeInKiB = 2048 });
        var arn = (await ActiveAsync(kinesis, name)).StreamArn;

        await RecordsAsync(kinesis, name, arn);
        await ConsumersAsync(kinesis, arn);
        await TagsAndPoliciesAsync(kinesis, name, arn);
        await SettingsAsync(kinesis, name, arn);
        await ShardsAsync(kinesis, name);
        await ModesAsync(kinesis, name, arn);
        await ChannelsAsync(kinesis, name, arn);
        await ListsAndAccountAsync(kinesis, name);
        await kinesis.DeleteStreamAsync(new DeleteStreamRequest { StreamArn = arn, EnforceConsumerDeletion = true });
        await Deadline.UntilAsync(async () => await IsGoneAsync(kinesis, name), $"{name} is gone");

        KnownOperations.Of("Kinesis Data Streams").Except(called.Names).ShouldBe(["DescribeProducer", "SubscribeToShard"]);
    }

    private static async Task RecordsAsync(KinesisClient kinesis, string name, string arn)
    {
        var put = await kinesis.PutRecordAsync(new PutRecordRequest { StreamName = name, Data = "one"u8.ToArray(), PartitionKey = "k" });
        put.ShardId.ShouldBe(FirstShard);
        var refused = await Should.ThrowAsync<KinesisException>(() => kinesis.PutRecordAsync(new PutRecordRequest { StreamName = name, Data = "no"u8.ToArray(), PartitionKey = "k", DryRun = true }));
        refused.ErrorType.ShouldBe("DryRunOperationException");
        var two = await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamArn = arn, Records = [new("two"u8.ToArray(), "k"), new("three"u8.ToArray(), "k", "7")] });
        two.FailedRecordCount.ShouldBe(0);
        two.Records.ShouldAllBe(record => record.ShardId == FirstShard && record.ErrorCode == null);

        var iterator = (await kinesis.GetShardIteratorAsync(new GetShardIteratorRequest
        {
            StreamName = name,
            ShardId = FirstShard,
            ShardIteratorType = "AT_TIMESTAMP",
            Timestamp = DateTimeOffset.UtcNow.AddHours(-1),
        })).ShardIterator;
        var page = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator!, Limit = 10 });
        page.Records.Select(record => System.Text.Encoding.UTF8.GetString(record.Data.Span)).ShouldBe(["one", "two", "three"]);
        page.Records[0].SequenceNumber.ShouldBe(put.SequenceNumber);
    }

    private static async Task ConsumersAsync(KinesisClient kinesis, string arn)
    {
        var consumer = (await kinesis.RegisterStreamConsumerAsync(new RegisterStreamConsumerRequest { StreamArn = arn, ConsumerName = "c" })).Consumer;
        await Deadline.UntilAsync(
            async () => (await kinesis.DescribeStreamConsumerAsync(new DescribeStreamConsumerRequest { ConsumerArn = consumer.ConsumerArn })).ConsumerDescription.ConsumerStatus == "ACTIVE",
            "the consumer is active");
        (await kinesis.ListStreamConsumersAsync(new ListStreamConsumersRequest { StreamArn = arn })).Consumers!.Single().ConsumerName.ShouldBe("c");
        var dry = new SubscribeToShardRequest { ConsumerArn = consumer.ConsumerArn, ShardId = FirstShard, StartingPosition = StartingPosition.Latest, DryRun = true };
        var refused = await Should.ThrowAsync<KinesisException>(async () => await kinesis.SubscribeToShardAsync(dry).GetAsyncEnumerator().MoveNextAsync());
        refused.ErrorType.ShouldBe("DryRunOperationException");
        await kinesis.DeregisterStreamConsumerAsync(new DeregisterStreamConsumerRequest { StreamArn = arn, ConsumerName = "c" });
    }

    private static async Task TagsAndPoliciesAsync(KinesisClient kinesis, string name, string arn)
    {
        await kinesis.AddTagsToStreamAsync(new AddTagsToStreamRequest { StreamName = name, Tags = new Dictionary<string, string> { ["c"] = "d" } });
        await kinesis.RemoveTagsFromStreamAsync(new RemoveTagsFromStreamRequest { StreamName = name, TagKeys = ["a"] });
        (await kinesis.ListTagsForStreamAsync(new ListTagsForStreamRequest { StreamName = name })).Tags.ShouldBe([new Tag { Key = "c", Value = "d" }]);
        await kinesis.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = new Dictionary<string, string> { ["e"] = "f" } });
        await kinesis.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["c"] });
        (await kinesis.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = arn })).Tags.ShouldBe([new Tag { Key = "e", Value = "f" }]);

        var policy = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kinesis:DescribeStreamSummary","Resource":"{{arn}}"} }""";
        await kinesis.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = arn, Policy = policy });
        (await kinesis.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = arn })).Policy.ShouldBe(policy);
        await kinesis.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = arn });
    }

    private static async Task SettingsAsync(KinesisClient kinesis, string name, string arn)
    {
        await kinesis.IncreaseStreamRetentionPeriodAsync(new IncreaseStreamRetentionPeriodRequest { StreamName = name, RetentionPeriodHours = 48 });
        (await ActiveAsync(kinesis, name)).RetentionPeriodHours.ShouldBe(48);
        await kinesis.DecreaseStreamRetentionPeriodAsync(new DecreaseStreamRetentionPeriodRequest { StreamName = name, RetentionPeriodHours = 24 });
        await ActiveAsync(kinesis, name);
        (await kinesis.EnableEnhancedMonitoringAsync(new EnableEnhancedMonitoringRequest { StreamName = name, ShardLevelMetrics = ["ALL"] })).CurrentShardLevelMetrics.ShouldBe([]);
        await ActiveAsync(kinesis, name);
        var monitored = await kinesis.DisableEnhancedMonitoringAsync(new DisableEnhancedMonitoringRequest { StreamName = name, ShardLevelMetrics = ["IncomingBytes"] });
        monitored.DesiredShardLevelMetrics!.Count.ShouldBe(6);
        await ActiveAsync(kinesis, name);
        await kinesis.StartStreamEncryptionAsync(new StartStreamEncryptionRequest { StreamName = name, EncryptionType = "KMS", KeyId = "alias/aws/kinesis" });
        (await ActiveAsync(kinesis, name)).KeyId.ShouldBe("alias/aws/kinesis");
        await kinesis.StopStreamEncryptionAsync(new StopStreamEncryptionRequest { StreamName = name, EncryptionType = "KMS", KeyId = "alias/aws/kinesis" });
        await ActiveAsync(kinesis, name);
        await kinesis.UpdateMaxRecordSizeAsync(new UpdateMaxRecordSizeRequest { StreamArn = arn, MaxRecordSizeInKiB = 1024 });
        (await ActiveAsync(kinesis, name)).MaxRecordSizeInKiB.ShouldBe(1024);
    }

    private static async Task ShardsAsync(KinesisClient kinesis, string name)
    {
        await kinesis.SplitShardAsync(new SplitShardRequest { StreamName = name, ShardToSplit = FirstShard, NewStartingHashKey = $"{UInt128.One << 127}" });
        await ActiveAsync(kinesis, name);
        await kinesis.MergeShardsAsync(new MergeShardsRequest { StreamName = name, ShardToMerge = "shardId-000000000001", AdjacentShardToMerge = "shardId-000000000002" });
        await ActiveAsync(kinesis, name);
        var scaled = await kinesis.UpdateShardCountAsync(new UpdateShardCountRequest { StreamName = name, TargetShardCount = 2, ScalingType = "UNIFORM_SCALING" });
        (scaled.CurrentShardCount, scaled.TargetShardCount).ShouldBe((1, 2));
        await ActiveAsync(kinesis, name);
        var open = (await kinesis.ListShardsAsync(new ListShardsRequest { StreamName = name, ShardFilter = new ShardFilter { Type = "AT_LATEST" } })).Shards!;
        open.Count.ShouldBe(2);
        open.ShouldAllBe(shard => shard.ParentShardId == "shardId-000000000003" && shard.SequenceNumberRange.EndingSequenceNumber == null);
    }

    private static async Task ModesAsync(KinesisClient kinesis, string name, string arn)
    {
        await kinesis.UpdateStreamModeAsync(new UpdateStreamModeRequest { StreamArn = arn, StreamModeDetails = new StreamModeDetails { StreamMode = "ON_DEMAND" } });
        await ActiveAsync(kinesis, name);
        await kinesis.UpdateStreamRecordDistributionStrategyAsync(new UpdateStreamRecordDistributionStrategyRequest { StreamArn = arn, RecordDistributionStrategy = "AUTO" });
        (await ActiveAsync(kinesis, name)).RecordDistributionStrategy.ShouldBe("AUTO");
        var warm = await kinesis.UpdateStreamWarmThroughputAsync(new UpdateStreamWarmThroughputRequest { StreamName = name, WarmThroughputMiBps = 5 });
        warm.WarmThroughput!.TargetMiBps.ShouldBe(5);
        await ActiveAsync(kinesis, name);
    }

    private static async Task ChannelsAsync(KinesisClient kinesis, string name, string arn)
    {
        var bucket = new S3StorageConfiguration { BucketArn = "arn:aws:s3:::typed", ExpectedBucketOwner = "000000000000", CompressionType = "ZSTD", OutputKeyTemplate = "o/!{yyyy}!{extension}" };
        var created = (await kinesis.CreateChannelAsync(new CreateChannelRequest
        {
            ChannelName = name,
            ServiceExecutionRoleArn = "arn:aws:iam::000000000000:role/any",
            StreamConfigurationList = [new ChannelStreamConfiguration { StreamArn = arn, RecordConfiguration = new RecordConfiguration { RecordFormatType = "JSON" } }],
            S3DestinationConfiguration = new S3DestinationConfiguration
            {
                DataFreshnessInSeconds = 5,
                StorageConfiguration = bucket,
                DeadLetterQueueS3Configuration = new DeadLetterQueueS3Configuration { BucketArn = "arn:aws:s3:::dead", ExpectedBucketOwner = "000000000000", ErrorOutputPrefix = "letters/" },
            },
            EncryptionConfiguration = new ChannelEncryptionConfiguration { EncryptionType = "KMS", KeyId = "alias/mine" },
            LoggingConfiguration = new ChannelLoggingConfiguration { CloudWatchLogs = new CloudWatchLogs { Enabled = true, LogGroupName = "/typed" } },
            Tags = new Dictionary<string, string> { ["a"] = "b" },
        })).ChannelDescription;
        created.ChannelStatus.ShouldBe("CREATING");
        var channel = await ActiveChannelAsync(kinesis, created.ChannelArn);
        channel.S3DestinationConfiguration!.StorageConfiguration.ShouldBe(bucket with { StorageClass = "STANDARD" });
        channel.S3DestinationConfiguration.DeadLetterQueueS3Configuration.ErrorOutputPrefix.ShouldBe("letters/");
        channel.StreamConfigurationList.Single().RecordConfiguration.RecordFormatType.ShouldBe("JSON");
        channel.EncryptionConfiguration!.KeyId.ShouldBe("alias/mine");
        channel.LoggingConfiguration.CloudWatchLogs.LogGroupName.ShouldBe("/typed");

        var updated = await kinesis.UpdateChannelAsync(new UpdateChannelRequest
        {
            ChannelArn = channel.ChannelArn,
            S3DestinationConfiguration = new S3DestinationUpdateInput { DataFreshnessInSeconds = 900 },
            LoggingConfiguration = new ChannelLoggingUpdateInput { CloudWatchLogs = new CloudWatchLogsUpdateInput { Enabled = false } },
        });
        updated.ChannelDescription.S3DestinationConfiguration!.DataFreshnessInSeconds.ShouldBe(900);
        (await ActiveChannelAsync(kinesis, channel.ChannelArn)).LoggingConfiguration.CloudWatchLogs.Enabled.ShouldBeFalse();
        var filter = new StreamFilter { StreamArn = arn, StreamCreationTimestamp = channel.StreamConfigurationList[0].StreamCreationTimestamp };
        var listed = (await kinesis.ListChannelsAsync(new ListChannelsRequest { StreamFilter = [filter], MaxResults = 1 })).ChannelSummaries.Single();
        (listed.ChannelArn, listed.ChannelDestinationType, listed.Streams.Single().StreamArn).ShouldBe((channel.ChannelArn, "S3", arn));
        await kinesis.DeleteChannelAsync(new DeleteChannelRequest { ChannelArn = channel.ChannelArn });
        await Deadline.UntilAsync(
            async () =>
            {
                await foreach (var each in kinesis.ListChannelsAsync())
                {
                    if (each.ChannelArn == channel.ChannelArn)
                        return false;
                }
                return true;
            },
            "the channel is gone");
    }

    private static async Task<ChannelDescription> ActiveChannelAsync(KinesisClient kinesis, string arn)
    {
        ChannelDescription? channel = null;
        await Deadline.UntilAsync(
            async () => (channel = (await kinesis.DescribeChannelAsync(new DescribeChannelRequest { ChannelArn = arn })).ChannelDescription).ChannelStatus == "ACTIVE",
            "the channel is active");
        return channel!;
    }

    private static async Task ListsAndAccountAsync(KinesisClient kinesis, string name)
    {
        var description = (await kinesis.DescribeStreamAsync(new DescribeStreamRequest { StreamName = name })).StreamDescription;
        description.Shards.Count.ShouldBeGreaterThanOrEqualTo(6);
        description.StreamModeDetails!.StreamMode.ShouldBe("ON_DEMAND");
        (DateTimeOffset.UtcNow - description.StreamCreationTimestamp).Duration().ShouldBeLessThan(TimeSpan.FromHours(1));
        var listed = await kinesis.ListStreamsAsync(new ListStreamsRequest { Limit = 10_000 });
        listed.StreamSummaries!.Single(stream => stream.StreamName == name).StreamArn.ShouldBe(description.StreamArn);
        (await kinesis.DescribeLimitsAsync()).OnDemandStreamCount.ShouldBeGreaterThan(0);
        await kinesis.UpdateAccountSettingsAsync(new UpdateAccountSettingsRequest { MinimumThroughputBillingCommitment = new BillingCommitmentChange { Status = "ENABLED" } });
        (await kinesis.DescribeAccountSettingsAsync()).MinimumThroughputBillingCommitment!.Status.ShouldBe("ENABLED");
    }

    private static async Task<StreamDescriptionSummary> ActiveAsync(KinesisClient kinesis, string name)
    {
        await kinesis.WaitUntilActiveAsync(name);
        return (await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name })).StreamDescriptionSummary;
    }

    private static async Task<bool> IsGoneAsync(KinesisClient kinesis, string name)
    {
        try
        {
            await kinesis.DescribeStreamSummaryAsync(name);
            return false;
        }
        catch (ResourceNotFoundException)
        {
            return true;
        }
    }
}
