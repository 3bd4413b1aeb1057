using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Records;

/// <summary>Reads newline-delimited JSON: one value a line. Blank lines are skipped, a byte order mark too.</summary>
internal static class NdjsonReader
{
    /// <summary>The largest record that any stream takes; a longer line is not read into memory.</summary>
    private const int LongestLine = 10 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The file's records in order, each checked to be JSON.</summary>
    /// <exception cref="CommandFailedException">A line is not JSON or too long; the message names file and line.</exception>
    public static async IAsyncEnumerable<RecordLine> ReadAsync(Stream stream, string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 64 * 1024));
        long number = 0;
        while (true)
        {
            // Reading a terminal or a pipe cannot be cancelled; so it is left behind when the user wants to end.
            var read = await reader.ReadAsync(cancellation).AsTask().WaitAsync(cancellation);
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, read.IsCompleted, out var line))
            {
                number++;
                var data = Trim(line, isFirst: number == 1);
                if (data.Length == 0)
                    continue;
                Check(data.Span, name, number);
                yield return new RecordLine(number, data);
            }
            if (rest.Length > LongestLine)
                throw new CommandFailedException($"{name}, line {number + 1}: longer than {LongestLine} bytes, which no stream takes as a record; put one record on each line");
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                break;
        }
        await reader.CompleteAsync();
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }
        line = rest;
        if (!isLast || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static ReadOnlyMemory<byte> Trim(in ReadOnlySequence<byte> line, bool isFirst)
    {
        ReadOnlyMemory<byte> bytes = line.ToArray();
        if (isFirst && bytes.Span.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        return bytes.Trim(" \t\r"u8);
    }

    private static void Check(ReadOnlySpan<byte> data, string name, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read())
            {
                // Only the syntax matters.
            }
        }
        catch (JsonException mistake)
        {
            throw new CommandFailedException($"{name}, line {number}: not valid JSON (byte {mistake.BytePositionInLine + 1}); correct or remove this line");
        }
    }
}
