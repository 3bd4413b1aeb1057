namespace Headrace.Client.Tests;

/// <summary>The environment belongs to the whole process; each test puts back what it found.</summary>
public sealed class ClientEndpointTests : IDisposable
{
    private static readonly string[] Variables =
    [
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KINESIS", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
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

    private static string Key(ClientOptions options) => new AwsProfile(options).Credentials(isAws: false).GetCredentials().AccessKey;

    private static string Resolve(ClientOptions options) => ClientEndpoint.Resolve("kinesis", options).ToString();
}
