using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Records;
using Headrace.Pipelines;

namespace Headrace.Cli.Produce;

/// <summary>Where the records of one <c>produce</c> come from.</summary>
/// <param name="Records">The records in order.</param>
/// <param name="Count">How many there will be; null when nobody knows before the end.</param>
internal sealed record RecordSource(IAsyncEnumerable<RecordLine> Records, long? Count)
{
    /// <summary>One record, given on the command line.</summary>
    /// <exception cref="UsageException">It is not JSON.</exception>
    public static RecordSource Single(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
        }
        catch (JsonException mistake)
        {
            throw new UsageException($"--json-string is not valid JSON (character {mistake.BytePositionInLine + 1} of line {mistake.LineNumber + 1}); put it in single quotes, as in '{{\"session_id\":\"a1\"}}'");
        }
        return new RecordSource(One(new RecordLine(1, Encoding.UTF8.GetBytes(json))), 1);
    }

    /// <summary>The lines of a file.</summary>
    public static RecordSource OfFile(string path) => new(ReadFileAsync(path), null);

    /// <summary>The lines of standard input.</summary>
    public static RecordSource OfInput(Stream input) => new(NdjsonReader.ReadAsync(input, "standard input", CancellationToken.None), null);

    /// <summary>User sessions like the lab's; the same <paramref name="seed"/> gives the same ones. Without a count it never ends.</summary>
    public static RecordSource Generated(long? count, int seed) => new(GenerateAsync(count, seed), count);

#pragma warning disable CS1998 // the interface is asynchronous, these sources need not wait
    private static async IAsyncEnumerable<RecordLine> One(RecordLine record)
    {
        yield return record;
    }

    private static async IAsyncEnumerable<RecordLine> GenerateAsync(long? count, int seed)
    {
        var sessions = new UserSessionGenerator(seed);
        for (long number = 1; number <= (count ?? long.MaxValue); number++)
            yield return new RecordLine(number, sessions.Next().Json);
    }
#pragma warning restore CS1998

    private static async IAsyncEnumerable<RecordLine> ReadFileAsync(string path, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 128 * 1024, FileOptions.SequentialScan);
        await foreach (var record in NdjsonReader.ReadAsync(file, path, cancellation))
            yield return record;
    }
}
