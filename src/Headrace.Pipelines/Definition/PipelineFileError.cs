using System.Globalization;

namespace Headrace.Pipelines;

/// <summary>Something wrong in a pipeline file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record PipelineFileError(string Path, long Line, long Column, string Message)
{
    /// <summary>As compilers write it: <c>pipeline.yaml:12:9: unknown key 'form'</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}:{Column}: {Message}");
}
