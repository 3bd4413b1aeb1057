namespace Headrace.Pipelines;

/// <summary>How a program of an <c>exec</c> step is called.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Directory">Where it runs; null for where the pipeline runs.</param>
/// <param name="Timeout">How long it may take for one answer.</param>
internal sealed record ProgramCommand(IReadOnlyList<string> Command, string? Directory, TimeSpan Timeout)
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(30);
}
