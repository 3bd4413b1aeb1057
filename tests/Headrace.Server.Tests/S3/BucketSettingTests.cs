using System.Net;

namespace Headrace.Server.Tests.S3;

/// <summary>What buckets answer that tools ask of them.</summary>
public sealed class BucketSettingTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("analytics", "ListBucketAnalyticsConfigurationResult")]
    [InlineData("intelligent-tiering", "ListBucketIntelligentTieringConfigurationsOutput")]
    [InlineData("inventory", "ListInventoryConfigurationsResult")]
    [InlineData("metrics", "ListMetricsConfigurationsResult")]
    public async Task Of_configurations_that_there_are_none_of_the_list_is_empty(string name, string root)
    {
        await server.CreateBucketAsync("none-" + name);
        var list = await server.S3Async(HttpMethod.Get, $"/none-{name}?{name}");
        list.Body.ShouldContain($"<{root} ");
        list.Texts("IsTruncated").ShouldBe(["false"]);
        (await server.S3Async(HttpMethod.Get, $"/none-{name}?{name}&id=a")).Code.ShouldBe("NoSuchConfiguration");
        (await server.S3Async(HttpMethod.Delete, $"/none-{name}?{name}&id=a")).Code.ShouldBe("NoSuchConfiguration");
        (await server.S3Async(HttpMethod.Put, $"/none-{name}?{name}&id=a", "<Configuration/>")).Code.ShouldBe("NotImplemented");
        (await server.S3Async(HttpMethod.Get, $"/missing?{name}")).Code.ShouldBe("NoSuchBucket");
    }

    [Fact]
    public async Task Encryption_has_a_configuration_once_one_is_put()
    {
        await server.CreateBucketAsync("encrypted");
        (await server.S3Async(HttpMethod.Get, "/encrypted?encryption")).Code.ShouldBe("ServerSideEncryptionConfigurationNotFoundError");
        const string kms = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
        (await server.S3Async(HttpMethod.Put, "/encrypted?encryption", kms)).Status.ShouldBe(HttpStatusCode.OK);
        (await server.S3Async(HttpMethod.Get, "/encrypted?encryption")).Texts("KMSMasterKeyID").ShouldBe(["k"]);
        (await server.S3Async(HttpMethod.Delete, "/encrypted?encryption")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.S3Async(HttpMethod.Get, "/encrypted?encryption")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("DeliveryTime", "")]
    [InlineData("EventTime", "")]
    [InlineData("Sometime", "MalformedXML")]
    public async Task Logs_are_named_after_one_of_two_times(string source, string code)
    {
        var bucket = "logs-" + source.ToLowerInvariant();
        await server.CreateBucketAsync(bucket);
        var document = $"<BucketLoggingStatus><LoggingEnabled><TargetBucket>{bucket}</TargetBucket><TargetPrefix>p</TargetPrefix><TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>{source}</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat></LoggingEnabled></BucketLoggingStatus>";
        (await server.S3Async(HttpMethod.Put, $"/{bucket}?logging", document)).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_policy_does_not_allow_all_but_some()
    {
        await server.CreateBucketAsync("excepted");
        const string policy = """{"Statement":[{"Effect":"EFFECT","NotPrincipal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::excepted"}]}""";
        (await server.S3Async(HttpMethod.Put, "/excepted?policy", policy.Replace("EFFECT", "Allow", StringComparison.Ordinal))).Code.ShouldBe("MalformedPolicy");
        (await server.S3Async(HttpMethod.Put, "/excepted?policy", policy.Replace("EFFECT", "Deny", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("", "000000000000", "")]
    [InlineData("", "000000000001", "AccessDenied")]
    [InlineData("", "someone", "AccessDenied")]
    [InlineData("/k", "someone", "AccessDenied")]
    public async Task A_client_may_insist_on_whose_the_bucket_is(string key, string owner, string code)
    {
        var bucket = $"owned{key.Length}-{owner}";
        await server.CreateBucketAsync(bucket);
        (await server.S3Async(key.Length == 0 ? HttpMethod.Get : HttpMethod.Put, $"/{bucket}{key}", "", ("x-amz-expected-bucket-owner", owner))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_listings_prefix_is_encoded_where_decoding_it_would_change_it()
    {
        await server.CreateBucketAsync("prefixes");
        foreach (var (prefix, told) in new[] { ("a%0A", "a\n"), ("a%252B", "a%252B"), ("a%2Bb", "a%2Bb"), ("%C3%A9/", "é/"), ("a%01", "a%01") })
            (await server.S3Async(HttpMethod.Get, $"/prefixes?encoding-type=url&prefix={prefix}")).Texts("Prefix").ShouldBe([told]);
        (await server.S3Async(HttpMethod.Get, "/prefixes?list-type=2&encoding-type=url&prefix=a%0A")).Texts("Prefix").ShouldBe(["a%0A"]);
    }
}
