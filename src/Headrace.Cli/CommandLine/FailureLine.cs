using System.Net.Sockets;
using Amazon.Runtime;
using Headrace.Client;
using Headrace.Files;
using Headrace.Jq;
using Headrace.Pipelines;

namespace Headrace.Cli.CommandLine;

/// <summary>The one line that tells a user of a failure: what happened, on what, what to do next.</summary>
internal static class FailureLine
{
    private const string Unreachable = "start one with 'headrace serve', or name another with --endpoint-url";

    public static string Of(Exception failure)
    {
        var line = failure switch
        {
            CommandFailedException or ArgumentException or LeaseStoreException or PipelineException or LibjqMissingException => failure.Message,
            EndpointUnreachableException unreachable => $"{unreachable.Message.TrimEnd('.')}; {Unreachable}",
            KinesisException refused => $"{refused.ErrorType}: {refused.Message.TrimEnd('.')}{NextStep(refused.ErrorType)}",
            AmazonServiceException { ErrorCode: null or "" } silent => $"the server answered {(int)silent.StatusCode} without saying why; look at its log",
            AmazonServiceException refused => $"{refused.ErrorCode}: {refused.Message.TrimEnd('.')}{NextStep(refused.ErrorCode)}",
            AmazonClientException => failure.Message,
            FileNotFoundException missing => $"{missing.FileName ?? missing.Message} does not exist; check the path",
            DirectoryNotFoundException => $"{failure.Message.TrimEnd('.')}; check the path",
            UnauthorizedAccessException => $"{failure.Message.TrimEnd('.')}; check its permissions",
            IOException full when DiskException.MeansDiskFull(full) => $"the disk is full ({full.Message.TrimEnd('.')}); free some space and try again",
            IOException or InvalidDataException => failure.Message,
            HttpRequestException { InnerException: SocketException } => $"cannot reach the server: {failure.Message.TrimEnd('.')}; {Unreachable}",
            HttpRequestException => failure.Message,
            _ => $"unexpected failure: {failure.GetType().Name}: {failure.Message}",
        };
        return line.ReplaceLineEndings(" ").Trim();
    }

    /// <summary>What to do about the refusals that people meet most.</summary>
    private static string NextStep(string errorType) => errorType switch
    {
        "ResourceNotFoundException" => "; check its name ('headrace streams list', 'headrace delivery list', 'headrace channels list') and the region",
        "NoSuchBucket" => "; check its name with 'headrace buckets list'",
        "NoSuchKey" => "; check its key with 'headrace buckets ls'",
        "UnknownOperationException" => "; this server does not have the operation",
        "ResourceInUseException" => "; wait until it is active, or choose another name",
        "UnrecognizedClientException" or "InvalidSignatureException" or "SignatureDoesNotMatch" or "InvalidAccessKeyId" => "; check the access key and its secret",
        _ => "",
    };
}
