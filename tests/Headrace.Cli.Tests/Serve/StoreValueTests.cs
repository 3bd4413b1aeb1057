using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve;
using Headrace.Cli.Serve.Stores;

namespace Headrace.Cli.Tests.Serve;

public class StoreValueTests
{
    [Theory]
    [InlineData("minio=http://127.0.0.1:9000", "minio", "http://127.0.0.1:9000")]
    [InlineData("aws", "aws", null)]
    public void A_store_has_a_name_and_an_address(string text, string name, string? endpoint) =>
        StoreValue.Parse(text).ShouldBe(KeyValuePair.Create(name, new StoreSettings { Endpoint = endpoint }));

    [Theory]
    [InlineData("MinIO=http://127.0.0.1:9000", "a store's name")]
    [InlineData("a:b=http://127.0.0.1:9000", "a store's name")]
    [InlineData("minio=127.0.0.1:9000", "the address must be like")]
    [InlineData("minio=", "the address must be like")]
    public void What_is_none_is_refused(string text, string reason) => Should.Throw<UsageException>(() => StoreValue.Parse(text)).Message.ShouldContain(reason);

    [Fact]
    public void A_configuration_has_stores_and_the_command_line_wins()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("config.json", """{"stores": {"minio": "http://minio:9000", "ceph": {"endpoint": "https://ceph", "region": "eu-1", "profile": "lake"}}}""");
        var typed = new ServeSettings { Stores = new Dictionary<string, StoreSettings> { ["minio"] = new() { Endpoint = "http://127.0.0.1:9000" } } };

        var stores = typed.Over(ServeConfigFile.Read(file)).Stores;

        stores.Count.ShouldBe(2);
        stores["minio"].Endpoint.ShouldBe("http://127.0.0.1:9000");
        stores["ceph"].ShouldBe(new StoreSettings { Endpoint = "https://ceph", Region = "eu-1", Profile = "lake" });
        var wrong = folder.File("wrong.json", """{"stores": {"minio": {"url": "http://minio:9000"}}}""");
        Should.Throw<UsageException>(() => ServeConfigFile.Read(wrong)).Message.ShouldContain("unknown setting 'url'");
    }
}
