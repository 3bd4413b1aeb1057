using Headrace.ControlPlane;

namespace Headrace.Server.Pipelines;

/// <summary>What makes workers belong together.</summary>
internal sealed record PipelineKey(AccountScope Scope, string Pipeline, string Group, string SourceStream);
