using Headrace.Cli.CommandLine;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>Pipelines as files and the command line together declare them.</summary>
internal static class PipelinePlans
{
    /// <exception cref="UsageException">The file is wrong; the message has a line for each error.</exception>
    public static PipelinePlan Load(string path, string? deadLetter, string? group)
    {
        try
        {
            var plan = PipelineFile.Load(path);
            return plan.With(deadLetter ?? plan.DeadLetter, group ?? plan.Source.Group);
        }
        catch (PipelineFileException mistakes)
        {
            throw new UsageException(mistakes.Message);
        }
    }
}
