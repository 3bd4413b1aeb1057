using Headrace.Cli.CommandLine;
using Headrace.Cli.Etl;

namespace Headrace.Cli.Tests.Etl;

public sealed class DestinationStreamsTests
{
    [Fact]
    public void Both_sides_are_read()
    {
        var streams = DestinationStreams.Parse("""{"International":"i","USA":"u"}""");
        streams["USA"].ShouldBe("u");
        streams["International"].ShouldBe("i");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{'USA':'u'}")]
    [InlineData("[]")]
    [InlineData("""{"USA":"u"}""")]
    [InlineData("""{"USA":"u","International":""}""")]
    [InlineData("""{"USA":"u","International":7}""")]
    [InlineData("""{"USA":"u","International":"i","Mars":"m"}""")]
    public void Anything_else_is_refused_with_an_example(string json) =>
        Should.Throw<UsageException>(() => DestinationStreams.Parse(json)).Message.ShouldContain("""'{"USA":""");
}
