namespace Headrace.Cli.CommandLine;

/// <summary>The command could not do its work; exit code 1. The message says what happened, on what, and what to do next.</summary>
internal sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);
