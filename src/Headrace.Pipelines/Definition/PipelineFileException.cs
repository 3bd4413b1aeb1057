namespace Headrace.Pipelines;

/// <summary>A pipeline file is wrong; <see cref="Errors"/> says where and why, all of them at once.</summary>
public sealed class PipelineFileException(IReadOnlyList<PipelineFileError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<PipelineFileError> Errors { get; } = errors;
}
