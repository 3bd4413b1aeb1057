namespace Headrace.Pipelines;

/// <summary>An output that a destination will never take.</summary>
internal sealed record RefusedOutput(RoutedOutput Output, string Reason);
