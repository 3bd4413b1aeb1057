using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Headrace.Cli.Serve;

/// <summary>The server's log on standard error, one line an entry: our own information, everybody's warnings and errors.</summary>
internal sealed class StandardErrorLog(TextWriter error, LogLevel own = LogLevel.Information) : ILoggerProvider
{
    private const string OwnCategories = "Headrace";

    /// <summary>
    /// What others say of our setup that is no news to anybody: that a failed start failed (the command says it itself), and that
    /// HTTP/2 is not negotiated without TLS (the server detects it by its preface).
    /// </summary>
    private static readonly Dictionary<string, LogLevel> Muted = new()
    {
        ["Microsoft.Extensions.Hosting.Internal.Host"] = LogLevel.None,
        ["Microsoft.AspNetCore.Server.Kestrel"] = LogLevel.Error,
    };

    public ILogger CreateLogger(string categoryName)
    {
        var lowest = categoryName.StartsWith(OwnCategories, StringComparison.Ordinal) ? own : Muted.GetValueOrDefault(categoryName, LogLevel.Warning);
        return new Log(error, categoryName, lowest);
    }

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
