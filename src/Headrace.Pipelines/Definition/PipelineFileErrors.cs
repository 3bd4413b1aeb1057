using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Gathers what is wrong in a pipeline file, so that it is told at once.</summary>
internal sealed class PipelineFileErrors(string path)
{
    private readonly List<PipelineFileError> _errors = [];

    public void Add(YamlNode node, string message) => Add(node.Start.Line, node.Start.Column, message);

    public void Add(long line, long column, string message) => _errors.Add(new PipelineFileError(path, line, column, message));

    /// <exception cref="PipelineFileException">There are any.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new PipelineFileException([.. _errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }
}
