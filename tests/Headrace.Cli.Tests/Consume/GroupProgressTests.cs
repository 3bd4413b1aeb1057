using Headrace.Cli.CommandLine;
using Headrace.Cli.Consume;
using Headrace.Client;

namespace Headrace.Cli.Tests.Consume;

public sealed class GroupProgressTests
{
    private static readonly Uri Server = new("http://127.0.0.1:4566");

    [Fact]
    public void It_lives_in_the_state_folder()
    {
        Path("g", Stream(created: 1)).ShouldBe("/home/ada/.local/state/headrace/127.0.0.1-4566/orders-1000/g.json");
        GroupProgress.PathOf("g", Stream(created: 1), Server, null, name => name == "XDG_STATE_HOME" ? "/state" : null)
            .ShouldBe("/state/headrace/127.0.0.1-4566/orders-1000/g.json");
    }

    [Fact]
    public void A_stream_made_again_starts_afresh() => Path("g", Stream(created: 1)).ShouldNotBe(Path("g", Stream(created: 2)));

    [Fact]
    public void A_file_can_be_named() =>
        GroupProgress.PathOf("g", Stream(created: 1), Server, "file:/tmp/x.json", _ => null).ShouldBe("/tmp/x.json");

    [Theory]
    [InlineData("../g", null)]
    [InlineData("", null)]
    [InlineData("g", "file:")]
    [InlineData("g", "redis:x")]
    public void Anything_else_is_refused(string group, string? checkpoint) =>
        Should.Throw<UsageException>(() => GroupProgress.PathOf(group, Stream(created: 1), Server, checkpoint, _ => null));

    private static string Path(string group, StreamSummary stream) =>
        GroupProgress.PathOf(group, stream, Server, null, name => name == "HOME" ? "/home/ada" : null);

    private static StreamSummary Stream(long created) =>
        new("orders", "arn:aws:kinesis:us-east-1:000000000000:stream/orders", "ACTIVE", "PROVISIONED", 1, 24, DateTimeOffset.FromUnixTimeSeconds(created));
}
