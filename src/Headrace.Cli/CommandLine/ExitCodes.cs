namespace Headrace.Cli.CommandLine;

/// <summary>What the command tells its caller when it ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM before its work was done: 128 and the signal's number, as shells say it.</summary>
    public const int Terminated = 143;
}
