using System.Net.Sockets;
using Headrace.Files;

namespace Headrace.Cli.CommandLine;

/// <summary>The one line that tells a user of a failure: what happened, on what, what to do next.</summary>
internal static class FailureLine
{
    public static string Of(Exception failure)
    {
        var line = failure switch
        {
            CommandFailedException or ArgumentException => failure.Message,
            FileNotFoundException missing => $"{missing.FileName ?? missing.Message} does not exist; check the path",
            DirectoryNotFoundException => $"{failure.Message.TrimEnd('.')}; check the path",
            UnauthorizedAccessException => $"{failure.Message.TrimEnd('.')}; check its permissions",
            IOException full when DiskException.MeansDiskFull(full) => $"the disk is full ({full.Message.TrimEnd('.')}); free some space and try again",
            IOException => failure.Message,
            HttpRequestException { InnerException: SocketException socket } => $"{failure.Message.TrimEnd('.')} ({socket.SocketErrorCode})",
            HttpRequestException => failure.Message,
            _ => $"unexpected failure: {failure.GetType().Name}: {failure.Message}",
        };
        return line.ReplaceLineEndings(" ").Trim();
    }
}
