namespace Headrace.Client.Tests;

/// <summary>The environment belongs to the whole process; each test puts back what it found.</summary>
public sealed class ClientEndpointTests : IDisposable
{
    private static readonly string[] Variables =
    [
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KINESIS", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE",
    ];

    private readonly Dictionary<string, string?> _found = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public ClientEndpointTests()
    {
        foreach (var name in Variables)
            Environment.SetEnvironmentVariable(name, null);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _found)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public void Each_source_wins_over_the_next_and_the_last_is_this_machine()
    {
        Resolve(new ClientOptions()).ShouldBe("http://127.0.0.1:4566/");
        Resolve(new ClientOptions { Profile = "lab" }).ShouldBe("http://lab:1/");
        Environment.SetEnvironmentVariable("AWS_PROFILE", "lab");
        Resolve(new ClientOptions()).ShouldBe("http://lab:1/");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "http://all:2");
        Resolve(new ClientOptions()).ShouldBe("http://all:2/");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_KINESIS", "http://one:3");
        Resolve(new ClientOptions()).ShouldBe("http://one:3/");
        ClientEndpoint.Resolve("firehose", new ClientOptions()).ToString().ShouldBe("http://all:2/");
        Resolve(new ClientOptions { Aws = true, Region = "eu-central-1" }).ShouldBe("https://kinesis.eu-central-1.amazonaws.com/");
        Resolve(new ClientOptions { Aws = true, EndpointUrl = new Uri("http://given:4") }).ShouldBe("http://given:4/");
    }

    [Fact]
    public void The_region_comes_from_options_environment_and_profile_in_this_order()
    {
        ClientEndpoint.ResolveRegion(new ClientOptions()).ShouldBe("us-east-1");
        var lab = new ClientOptions { Profile = "lab" };
        ClientEndpoint.ResolveRegion(lab).ShouldBe("eu-west-3");
        Environment.SetEnvironmentVariable("AWS_DEFAULT_REGION", "eu-west-2");
        ClientEndpoint.ResolveRegion(lab).ShouldBe("eu-west-2");
        Environment.SetEnvironmentVariable("AWS_REGION", "eu-west-1");
        ClientEndpoint.ResolveRegion(lab).ShouldBe("eu-west-1");
        ClientEndpoint.ResolveRegion(lab with { Region = "ap-south-1" }).ShouldBe("ap-south-1");
    }

    [Fact]
    public void What_is_no_URL_and_a_missing_profile_are_told()
    {
        Should.Throw<InvalidOperationException>(() => Resolve(new ClientOptions { Profile = "none" })).Message.ShouldBe("there is no AWS profile 'none'");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "localhost:4566");
        Should.Throw<InvalidOperationException>(() => Resolve(new ClientOptions())).Message.ShouldStartWith("AWS_ENDPOINT_URL must be a URL");
    }

    [Fact]
    public void Credentials_come_from_the_environment_or_the_profile_and_a_local_server_takes_any()
    {
        Key(new ClientOptions()).ShouldBe("test");
        Key(new ClientOptions { Profile = "bare" }).ShouldBe("test");
        Key(new ClientOptions { Profile = "lab" }).ShouldBe("FROMFILE");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "FROMENV");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "s");
        Key(new ClientOptions()).ShouldBe("FROMENV");
        Key(new ClientOptions { Profile = "lab" }).ShouldBe("FROMFILE");
    }

    [Theory]
    [InlineData("kinesis", "eu-west-1", false, false, "https://kinesis.eu-west-1.amazonaws.com/")]
    [InlineData("kinesis", "us-east-1", true, false, "https://kinesis-fips.us-east-1.amazonaws.com/")]
    [InlineData("firehose", "us-east-1", false, true, "https://firehose.us-east-1.api.aws/")]
    [InlineData("firehose", "us-gov-west-1", true, true, "https://firehose-fips.us-gov-west-1.api.aws/")]
    [InlineData("s3", "us-west-2", true, true, "https://s3-fips.dualstack.us-west-2.amazonaws.com/")]
    [InlineData("kinesis", "cn-north-1", false, false, "https://kinesis.cn-north-1.amazonaws.com.cn/")]
    [InlineData("kinesis", "cn-north-1", false, true, "https://kinesis.cn-north-1.api.amazonwebservices.com.cn/")]
    public void The_real_service_has_a_name_for_each_region_and_variant(string service, string region, bool fips, bool dualStack, string expected)
    {
        var endpoint = ClientEndpoint.Resolve(service, new ClientOptions { Aws = true, Region = region, UseFipsEndpoint = fips, UseDualStackEndpoint = dualStack });
        endpoint.ToString().ShouldBe(expected);
        ClientEndpoint.IsAws(endpoint).ShouldBeTrue();
    }

    [Fact]
    public void Variants_come_from_options_environment_and_profile_in_this_order()
    {
        var strict = new ClientOptions { Aws = true, Profile = "strict" };
        Resolve(strict).ShouldBe("https://kinesis-fips.us-west-1.api.aws/");
        Environment.SetEnvironmentVariable("AWS_USE_FIPS_ENDPOINT", "false");
        Environment.SetEnvironmentVariable("AWS_USE_DUALSTACK_ENDPOINT", "false");
        Resolve(strict).ShouldBe("https://kinesis.us-west-1.amazonaws.com/");
        Resolve(strict with { UseFipsEndpoint = true }).ShouldBe("https://kinesis-fips.us-west-1.amazonaws.com/");
        Environment.SetEnvironmentVariable("AWS_USE_FIPS_ENDPOINT", "perhaps");
        Should.Throw<InvalidOperationException>(() => Resolve(strict)).Message.ShouldBe("AWS_USE_FIPS_ENDPOINT must be true or false, not 'perhaps'");
    }

    [Fact]
    public void Configured_addresses_can_be_passed_over()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "http://all:2");
        Environment.SetEnvironmentVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        Resolve(new ClientOptions { Profile = "lab" }).ShouldBe("http://127.0.0.1:4566/");
    }

    [Fact]
    public void Attempts_come_from_options_environment_and_profile_in_this_order()
    {
        new AwsProfile(new ClientOptions()).MaxAttempts.ShouldBe(3);
        var strict = new ClientOptions { Profile = "strict" };
        new AwsProfile(strict).MaxAttempts.ShouldBe(7);
        Environment.SetEnvironmentVariable("AWS_MAX_ATTEMPTS", "5");
        new AwsProfile(strict).MaxAttempts.ShouldBe(5);
        new AwsProfile(strict with { MaxAttempts = 2 }).MaxAttempts.ShouldBe(2);
        Environment.SetEnvironmentVariable("AWS_MAX_ATTEMPTS", "0");
        Should.Throw<InvalidOperationException>(() => new AwsProfile(strict).MaxAttempts).Message.ShouldContain("AWS_MAX_ATTEMPTS");
        Environment.SetEnvironmentVariable("AWS_RETRY_MODE", "eager");
        Should.Throw<InvalidOperationException>(() => new AwsProfile(new ClientOptions()).MaxAttempts).Message.ShouldContain("AWS_RETRY_MODE");
    }

    private static string Key(ClientOptions options) => new AwsProfile(options).Credentials(isAws: false).GetCredentials().AccessKey;

    private static string Resolve(ClientOptions options) => ClientEndpoint.Resolve("kinesis", options).ToString();
}
