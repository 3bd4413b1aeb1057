namespace Headrace.Cli.Output;

/// <summary>The program that read our output has gone, as <c>head</c> does: there is nobody left to work for.</summary>
internal sealed class OutputClosedException() : Exception("Standard output was closed.");
