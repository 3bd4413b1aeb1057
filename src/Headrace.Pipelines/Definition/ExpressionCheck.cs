using Headrace.Jq;
using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Compiles what a pipeline file says in jq, so that a mistake is told with its line before anything runs.</summary>
internal static class ExpressionCheck
{
    /// <exception cref="LibjqMissingException">It needs jq, which is not installed.</exception>
    public static void Check(YamlNode node, string expression, PipelineFileErrors errors)
    {
        try
        {
            new Expression(expression).Dispose();
        }
        catch (JqSyntaxException e)
        {
            errors.Add(node, $"jq: {e.Message}");
        }
    }
}
