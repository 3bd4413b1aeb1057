namespace Headrace.Cli.Records;

/// <summary>One record to produce, as bytes of JSON, and where it came from.</summary>
/// <param name="Number">Its line in the file, from 1; its place among the generated ones otherwise.</param>
/// <param name="Data">JSON, without a line end.</param>
internal readonly record struct RecordLine(long Number, ReadOnlyMemory<byte> Data);
