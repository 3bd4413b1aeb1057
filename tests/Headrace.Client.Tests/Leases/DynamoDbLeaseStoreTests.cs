using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Headrace.Client.Tests.Leases;

/// <summary>Against dynalite; and the items are those of the Kinesis Client Library.</summary>
public sealed class DynamoDbLeaseStoreTests(Dynalite dynalite) : LeaseStoreConformance, IClassFixture<Dynalite>
{
    private readonly string _table = $"app-{Guid.NewGuid():N}";

    [Fact]
    public async Task An_item_is_written_as_the_Kinesis_Client_Library_writes_it()
    {
        using var dynamo = Client();
        using var store = await OpenedAsync();
        var lease = new Lease { ShardId = "shardId-000000000007", ParentShardIds = ["shardId-000000000001"], StartingHashKey = "5", EndingHashKey = "9" };
        await store.CreateAsync(lease);
        var held = (await store.TakeAsync(lease, "w1")).ShouldNotBeNull();
        held = (await store.CheckpointAsync(held, new LeaseCheckpoint("42", 3))).ShouldNotBeNull();

        (await ItemAsync(dynamo)).ShouldBe(new Dictionary<string, string>
        {
            ["leaseKey"] = "S shardId-000000000007",
            ["leaseOwner"] = "S w1",
            ["leaseCounter"] = "N 2",
            ["ownerSwitchesSinceCheckpoint"] = "N 0",
            ["checkpoint"] = "S 42",
            ["checkpointSubSequenceNumber"] = "N 3",
            ["parentShardId"] = "SS shardId-000000000001",
            ["startingHashKey"] = "S 5",
            ["endingHashKey"] = "S 9",
        }, ignoreOrder: true);

        await store.ReleaseAsync((await store.CheckpointAsync(held, LeaseCheckpoint.ShardEnd, ["shardId-000000000008"])).ShouldNotBeNull());
        var ended = await ItemAsync(dynamo);
        ended["checkpoint"].ShouldBe("S SHARD_END");
        ended["childShardIds"].ShouldBe("SS shardId-000000000008");
        ended.ShouldNotContainKey("leaseOwner");
    }

    [Fact]
    public async Task What_another_library_keeps_in_an_item_stays_and_its_other_items_are_no_leases()
    {
        using var dynamo = Client();
        using var store = await OpenedAsync();
        await PutAsync(dynamo, new()
        {
            ["leaseKey"] = new() { S = "shardId-000000000000" },
            ["leaseOwner"] = new() { S = "java" },
            ["leaseCounter"] = new() { N = "12" },
            ["ownerSwitchesSinceCheckpoint"] = new() { N = "2" },
            ["checkpoint"] = new() { S = "TRIM_HORIZON" },
            ["checkpointSubSequenceNumber"] = new() { N = "0" },
            ["pendingCheckpointState"] = new() { B = new MemoryStream([1]) },
            ["throughputKBps"] = new() { N = "17.5" },
            ["checkpointOwner"] = new() { S = "java-0" },
            ["entityType"] = new() { S = "LEASE" },
            ["somethingNew"] = new() { S = "x" },
        });
        await PutAsync(dynamo, new() { ["leaseKey"] = new() { S = "Leader" }, ["entityType"] = new() { S = "LEADER" }, ["checkpoint"] = new() { S = "?" } });
        await PutAsync(dynamo, new() { ["leaseKey"] = new() { S = "1:s:2:shardId-000000000000" }, ["streamName"] = new() { S = "1:s:2" }, ["checkpoint"] = new() { S = "LATEST" } });

        var seen = await SoleAsync(store);
        seen.ShouldBeLike(new Lease { ShardId = "shardId-000000000000", Owner = "java", Counter = 12, OwnerSwitchesSinceCheckpoint = 2 });
        var held = (await store.TakeAsync(seen, "net")).ShouldNotBeNull();
        await store.CheckpointAsync(held, new LeaseCheckpoint("5"));

        var item = await ItemAsync(dynamo, "shardId-000000000000");
        item["throughputKBps"].ShouldBe("N 17.5");
        item["somethingNew"].ShouldBe("S x");
        item["entityType"].ShouldBe("S LEASE");
        item["leaseOwner"].ShouldBe("S net");
        // As the library itself does it on taking, and on a checkpoint that overtakes a prepared one.
        item.ShouldNotContainKey("checkpointOwner");
        item.ShouldNotContainKey("pendingCheckpointState");
    }

    [Theory]
    [InlineData("CLIENT_VERSION_3X", true)]
    [InlineData("CLIENT_VERSION_3X_WITH_ROLLBACK", true)]
    [InlineData("CLIENT_VERSION_UPGRADE_FROM_2X", false)]
    [InlineData("CLIENT_VERSION_2X", false)]
    public async Task A_table_that_workers_of_version_3_assign_in_is_refused(string version, bool refused)
    {
        using var dynamo = Client();
        await dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = _table + "-CoordinatorState",
            KeySchema = [new KeySchemaElement("key", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("key", ScalarAttributeType.S)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        await TestWait.UntilAsync(async () => (await dynamo.DescribeTableAsync(_table + "-CoordinatorState")).Table.TableStatus == TableStatus.ACTIVE);
        await dynamo.PutItemAsync(_table + "-CoordinatorState", new() { ["key"] = new() { S = "Migration3.0" }, ["cv"] = new() { S = version } });
        await ExpectAsync(refused);
    }

    [Fact]
    public async Task A_table_that_says_so_itself_is_refused_too()
    {
        using var dynamo = Client();
        await ExpectAsync(refused: false);
        await PutAsync(dynamo, new() { ["leaseKey"] = new() { S = "Migration3.0" }, ["entityType"] = new() { S = "CLIENT_VERSION_MIGRATION" }, ["cv"] = new() { S = "CLIENT_VERSION_3X" } });
        await ExpectAsync(refused: true);
    }

    [Fact]
    public async Task Nobody_at_the_endpoint_is_told()
    {
        using var store = new DynamoDbLeaseStore("t", new ClientOptions { EndpointUrl = new Uri("http://127.0.0.1:1") });
        (await Should.ThrowAsync<LeaseStoreException>(() => store.InitializeAsync())).Message.ShouldContain("http://127.0.0.1:1");
    }

    protected override ILeaseStore Open() => new DynamoDbLeaseStore(_table, new ClientOptions { EndpointUrl = dynalite.Endpoint });

    private async Task ExpectAsync(bool refused)
    {
        using var store = Open();
        if (refused)
            (await Should.ThrowAsync<LeaseStoreException>(() => store.InitializeAsync())).Message.ShouldContain("roll them back to 2.x");
        else
            await store.InitializeAsync();
    }

    private AmazonDynamoDBClient Client() => new(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = dynalite.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });

    private Task PutAsync(AmazonDynamoDBClient dynamo, Dictionary<string, AttributeValue> item) => dynamo.PutItemAsync(_table, item);

    private async Task<Dictionary<string, string>> ItemAsync(AmazonDynamoDBClient dynamo, string key = "shardId-000000000007") =>
        (await dynamo.GetItemAsync(_table, new() { ["leaseKey"] = new() { S = key } })).Item
            .ToDictionary(member => member.Key, member => member.Value switch
            {
                { S: { } text } => $"S {text}",
                { N: { } number } => $"N {number}",
                { SS: { Count: > 0 } texts } => $"SS {string.Join(',', texts)}",
                _ => "?",
            });
}
