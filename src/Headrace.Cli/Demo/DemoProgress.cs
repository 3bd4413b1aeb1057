using Headrace.Cli.Output;

namespace Headrace.Cli.Demo;

/// <summary>The demo's stages, as the user watches them.</summary>
internal sealed record DemoProgress(ProgressCounter Produced, ProgressCounter Routed, ProgressCounter Delivered)
{
    public IReadOnlyList<ProgressCounter> Counters => [Produced, Routed, Delivered];
}
