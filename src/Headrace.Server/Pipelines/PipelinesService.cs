using Headrace.Server.AwsJson;

namespace Headrace.Server.Pipelines;

/// <summary>What Headrace's own pipelines tell the server, on the wire as AWS's APIs are, so that the same keys sign it.</summary>
internal static class PipelinesService
{
    private const int MaxBodyBytes = 256 * 1024;

    public static AwsJsonService Create(PipelineBook book) => new("Headrace_20261129", MaxBodyBytes, static _ => null, [new ReportPipeline(book)]) { SigningName = "kinesis" };
}
