namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>What an ended command left.</summary>
/// <param name="Line">Its command line.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record CommandResult(string Line, int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <returns>This, for more questions.</returns>
    public CommandResult ShouldHaveExited(int code)
    {
        ExitCode.ShouldBe(code, ToString());
        return this;
    }

    /// <summary>It failed as a person wants it: the code, one line on standard error that begins with the command's name, no stack trace.</summary>
    /// <returns>The line.</returns>
    public string ShouldHaveFailedClearly(int code)
    {
        ShouldHaveExited(code);
        Error.ShouldNotContain("   at ", Case.Sensitive, ToString());
        ErrorLines.Length.ShouldBe(1, ToString());
        ErrorLines[0].ShouldStartWith("headrace: ", Case.Sensitive, ToString());
        return ErrorLines[0];
    }

    public override string ToString() => $"{Line} exited with {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";
}
