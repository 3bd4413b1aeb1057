namespace Headrace.Client;

/// <summary>A line of a delivery stream's error log.</summary>
/// <param name="Id">Tells it from all others.</param>
/// <param name="At">When it was written.</param>
/// <param name="Message">As it was written: a JSON object with <c>errorCode</c> and <c>message</c>.</param>
public sealed record DeliveryLogLine(string Id, DateTimeOffset At, string Message);
