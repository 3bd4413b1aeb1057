namespace Headrace.Cli.CommandLine;

/// <summary>The command was not called as it can be; exit code 2. The message says what is wrong with which argument.</summary>
internal sealed class UsageException(string message) : Exception(message);
