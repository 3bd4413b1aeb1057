using System.Text;
using Headrace.Cli.Output;

namespace Headrace.Cli.Tests.Output;

public sealed class LineOutputTests
{
    [Fact]
    public void Nothing_is_written_before_the_flush_and_everything_after()
    {
        using var stream = new MemoryStream();
        using var output = new LineOutput(stream);
        output.WriteLine("ä");
        output.WriteJson(7, static (json, value) => json.WriteNumber("n", value));
        stream.Length.ShouldBe(0);
        output.Flush();
        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe("ä\n{\"n\":7}\n");
    }

    [Fact]
    public void Much_is_written_without_a_flush()
    {
        using var stream = new MemoryStream();
        using var output = new LineOutput(stream);
        for (var i = 0; i < 2_000; i++)
            output.WriteLine(new string('x', 100));
        stream.Length.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void Lines_of_many_writers_never_mix()
    {
        using var stream = new MemoryStream();
        using var output = new LineOutput(stream);
        Parallel.For(0, 5_000, i => output.WriteLine(new string((char)('a' + (i % 26)), 50)));
        output.Flush();
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(5_000);
        lines.ShouldAllBe(line => line.Length == 50 && line.All(letter => letter == line[0]));
    }

    [Fact]
    public void A_reader_who_has_gone_is_told_apart_from_a_failure()
    {
        using var gone = new LineOutput(new FailingStream("Broken pipe : 'headrace'"));
        gone.WriteLine("x");
        Should.Throw<OutputClosedException>(gone.Flush);
        using var full = new LineOutput(new FailingStream("No space left on device : 'headrace'"));
        full.WriteLine("x");
        Should.Throw<IOException>(full.Flush);
    }

    private sealed class FailingStream(string message) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException(message);
    }
}
