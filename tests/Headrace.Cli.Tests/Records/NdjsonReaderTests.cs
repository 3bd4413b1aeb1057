using System.Text;
using CsCheck;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Records;

namespace Headrace.Cli.Tests.Records;

public sealed class NdjsonReaderTests
{
    [Fact]
    public async Task Lines_come_with_their_numbers_and_blank_ones_are_skipped()
    {
        var records = await ReadAsync("\uFEFF{\"a\":1}\r\n\n   \n [2] \n\"last\"");
        records.ShouldBe([(1, "{\"a\":1}"), (4, "[2]"), (5, "\"last\"")]);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":\n{\"a\":3}", "line 2")]
    [InlineData("{} {}", "line 1")]
    [InlineData("\n\nnope", "line 3")]
    public async Task A_line_that_is_no_JSON_is_named(string content, string line)
    {
        var mistake = await Should.ThrowAsync<CommandFailedException>(() => ReadAsync(content));
        mistake.Message.ShouldContain("orders.ndjson");
        mistake.Message.ShouldContain(line);
    }

    [Fact]
    public void Every_record_comes_back_whatever_pieces_the_stream_gives() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 300].Array[0, 40], Gen.Int[1, 700]).Sample((texts, piece) =>
        {
            var lines = texts.Select(text => $"\"{text}\"").ToArray();
            var stream = new TrickleStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)), piece);
            ReadAsync(stream).GetAwaiter().GetResult().Select(record => record.Text).ShouldBe(lines);
        }, iter: 200);

    private static Task<List<(long Number, string Text)>> ReadAsync(string content) => ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private static async Task<List<(long Number, string Text)>> ReadAsync(Stream stream)
    {
        var records = new List<(long, string)>();
        await foreach (var record in NdjsonReader.ReadAsync(stream, "orders.ndjson", CancellationToken.None))
            records.Add((record.Number, Encoding.UTF8.GetString(record.Data.Span)));
        return records;
    }

    private sealed class TrickleStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
