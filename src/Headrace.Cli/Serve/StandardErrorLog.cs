using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Headrace.Cli.Serve;

/// <summary>The server's log on standard error, one line an entry: our own information, everybody's warnings and errors.</summary>
internal sealed class StandardErrorLog(TextWriter error, LogLevel own = LogLevel.Information) : ILoggerProvider
{
    private const string OwnCategories = "Headrace";

    public ILogger CreateLogger(string categoryName) =>
        new Log(error, categoryName, categoryName.StartsWith(OwnCategories, StringComparison.Ordinal) ? own : LogLevel.Warning);

    public void Dispose()
    {
        // The writer belongs to the process.
    }

    private sealed class Log(TextWriter error, string category, LogLevel lowest) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest && logLevel != LogLevel.None;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            var line = $"{time} {Name(logLevel)} {category}: {formatter(state, exception)}";
            error.WriteLine(exception is null ? line : $"{line} ({Describe(exception, logLevel)})".ReplaceLineEndings(" "));
        }

        /// <summary>An operator wants to know what failed; only where it is our own fault does anybody need to know where in the code.</summary>
        private static string Describe(Exception exception, LogLevel level) =>
            level >= LogLevel.Error && exception is not IOException ? exception.ToString() : $"{exception.GetType().Name}: {exception.Message}";

        private static string Name(LogLevel level) => level switch
        {
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            LogLevel.Critical => "critical",
            _ => "debug",
        };
    }
}
