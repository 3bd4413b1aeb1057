namespace Headrace.Delivery.ErrorLogs;

/// <summary>A line of a log. Immutable.</summary>
/// <param name="Id">Grows with every line of all logs.</param>
/// <param name="Stream">Its log stream.</param>
/// <param name="At">When it was written.</param>
/// <param name="Message">A JSON object, as AWS writes it.</param>
public sealed record LogEvent(long Id, string Stream, DateTimeOffset At, string Message);
