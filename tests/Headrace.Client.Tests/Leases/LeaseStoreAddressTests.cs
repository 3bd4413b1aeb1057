namespace Headrace.Client.Tests.Leases;

public sealed class LeaseStoreAddressTests
{
    [Theory]
    [InlineData("file:leases.json", typeof(FileLeaseStore))]
    [InlineData("s3://bucket", typeof(S3LeaseStore))]
    [InlineData("s3://bucket/a/b", typeof(S3LeaseStore))]
    [InlineData("dynamodb:table", typeof(DynamoDbLeaseStore))]
    public void An_address_names_its_store(string address, Type store)
    {
        using var opened = LeaseStoreAddress.Open(address, new ClientOptions());
        opened.ShouldBeOfType(store);
    }

    [Theory]
    [InlineData("leases.json")]
    [InlineData("file:")]
    [InlineData("s3:///prefix")]
    [InlineData("http://x")]
    public void Anything_else_is_told(string address) =>
        Should.Throw<FormatException>(() => LeaseStoreAddress.Open(address, new ClientOptions())).Message.ShouldContain("use file:PATH, s3://BUCKET/PREFIX or dynamodb:TABLE");
}
