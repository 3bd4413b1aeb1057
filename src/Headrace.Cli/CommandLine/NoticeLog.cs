using Microsoft.Extensions.Logging;

namespace Headrace.Cli.CommandLine;

/// <summary>Says what the library warns of, a line each.</summary>
internal sealed class NoticeLog(CommandConsole console) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            console.Say(formatter(state, exception).ReplaceLineEndings(" "));
    }
}
