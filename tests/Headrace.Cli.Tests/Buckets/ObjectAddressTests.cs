using Headrace.Cli.Buckets;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Tests.Buckets;

public sealed class ObjectAddressTests
{
    [Theory]
    [InlineData("s3://lake/a/b.txt", "lake", "a/b.txt")]
    [InlineData("s3://lake", "lake", "")]
    [InlineData("lake/a", "lake", "a")]
    [InlineData("s3://lake//a", "lake", "/a")]
    public void Bucket_and_key_are_read(string text, string bucket, string key) => ObjectAddress.Parse(text).ShouldBe(new ObjectAddress(bucket, key));

    [Theory]
    [InlineData("s3://")]
    [InlineData("s3:///key")]
    [InlineData("/key")]
    public void Without_a_bucket_it_is_no_address(string text) => Should.Throw<UsageException>(() => ObjectAddress.Parse(text));

    [Fact]
    public void A_key_can_be_demanded() => Should.Throw<UsageException>(() => ObjectAddress.Parse("s3://lake").WithKey());
}
