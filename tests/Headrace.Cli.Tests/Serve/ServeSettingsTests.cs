using System.Net;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve;
using Headrace.ShardLog;

namespace Headrace.Cli.Tests.Serve;

public sealed class ServeSettingsTests
{
    [Fact]
    public void Without_settings_the_documented_defaults_hold()
    {
        var options = new ServeSettings().ToServerOptions();
        options.DataDirectory.ShouldBe("./headrace-data");
        options.Listen.ShouldBe(new IPEndPoint(IPAddress.Loopback, 4566));
        options.Durability.ShouldBe(Durability.Fsync);
        options.AccountId.ShouldBe("000000000000");
        options.ShardLimit.ShouldBe(10_000);
        options.StateDelay.ShouldBe(TimeSpan.FromMilliseconds(50));
        options.EnforceLimits.ShouldBeFalse();
    }

    [Fact]
    public void The_file_says_everything_and_the_command_line_wins()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("headrace.json", """
            {
              // where it lives
              "data": "/tmp/from-file", "listen": "0.0.0.0:9000", "durability": "os", "limits": "aws",
              "shard-limit": 7, "state-delay": "2s", "account": "123456789012",
              "accessKeys": {"AKIDEXAMPLE": "secret", "OTHER": "too"},
            }
            """);
        var options = new ServeSettings { Listen = "127.0.0.1:1234" }.Over(ServeConfigFile.Read(path)).ToServerOptions();
        options.DataDirectory.ShouldBe("/tmp/from-file");
        options.Listen.ShouldBe(new IPEndPoint(IPAddress.Loopback, 1234));
        options.Durability.ShouldBe(Durability.Os);
        options.EnforceLimits.ShouldBeTrue();
        options.ShardLimit.ShouldBe(7);
        options.StateDelay.ShouldBe(TimeSpan.FromSeconds(2));
        options.AccountId.ShouldBe("123456789012");
        options.AccessKeys["OTHER"].ShouldBe("too");
        options.AccessKeys.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"dta": "x"}""", "dta")]
    [InlineData("""{"data": ["x"]}""", "data")]
    [InlineData("""{"accessKeys": {"a": ""}}""", "'a'")]
    [InlineData("""{"accessKeys": "a"}""", "accessKeys")]
    [InlineData("""["data"]""", "object")]
    [InlineData("{\n\"data\": }", "line 2")]
    public void A_wrong_file_is_refused_by_name(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("headrace.json", content);
        var mistake = Should.Throw<UsageException>(() => ServeConfigFile.Read(path));
        mistake.Message.ShouldContain(path);
        mistake.Message.ShouldContain(expected);
    }

    [Fact]
    public void Tls_needs_a_certificate_and_its_key()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("cert.pem", "no certificate");
        Should.Throw<UsageException>(() => new ServeSettings { TlsCertificate = file }.ToServerOptions()).Message.ShouldBe("TLS needs both a certificate and its key");
        Should.Throw<UsageException>(() => new ServeSettings { TlsKey = file }.ToServerOptions()).Message.ShouldBe("TLS needs both a certificate and its key");
        Should.Throw<UsageException>(() => new ServeSettings { TlsCertificate = file, TlsKey = file }.ToServerOptions()).Message.ShouldContain($"{file} and {file} are no TLS certificate and its key");
        Should.Throw<UsageException>(() => new ServeSettings { TlsCertificate = file, TlsKey = "/does/not/exist" }.ToServerOptions()).Message.ShouldContain("/does/not/exist");
        var settings = ServeConfigFile.Read(folder.File("headrace.json", """{"tls-certificate": "c.pem", "tls-key": "k.pem"}"""));
        (settings.TlsCertificate, settings.TlsKey).ShouldBe(("c.pem", "k.pem"));
    }

    [Fact]
    public void Beyond_loopback_keys_are_needed()
    {
        Should.Throw<UsageException>(() => new ServeSettings { Listen = "0.0.0.0:4566" }.ToServerOptions()).Message.ShouldContain("access keys");
        var keys = new Dictionary<string, string> { ["id"] = "secret" };
        new ServeSettings { Listen = "0.0.0.0:4566", AccessKeys = keys }.ToServerOptions().Listen.Address.ShouldBe(IPAddress.Any);
    }
}
