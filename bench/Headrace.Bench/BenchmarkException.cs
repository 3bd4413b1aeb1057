namespace Headrace.Bench;

/// <summary>A benchmark cannot be run, or its figures would not be true; the message says why in one line.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
