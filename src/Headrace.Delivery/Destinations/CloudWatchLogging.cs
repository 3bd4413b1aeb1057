namespace Headrace.Delivery.Destinations;

/// <summary>Where AWS would log delivery errors; kept and shown, while errors go to the server's own log.</summary>
public sealed record CloudWatchLogging(bool Enabled, string? LogGroupName, string? LogStreamName);
