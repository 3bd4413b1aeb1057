namespace Headrace.Delivery.Destinations;

/// <summary>Where delivery errors are logged.</summary>
public sealed record CloudWatchLogging(bool Enabled, string? LogGroupName, string? LogStreamName);
