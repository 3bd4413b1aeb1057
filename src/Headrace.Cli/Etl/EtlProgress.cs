using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Consume;
using Headrace.Client;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>Opens what a pipeline's progress is kept in: leases, by which those of a group share the work, where it can be shared.</summary>
internal static class EtlProgress
{
    private const string FileScheme = "file:";

    /// <returns>Options that keep progress; their leases, if they have any, are the caller's to dispose.</returns>
    /// <param name="plan">The pipeline.</param>
    /// <param name="source">Its source.</param>
    /// <param name="endpoint">Where the source is.</param>
    /// <param name="checkpoint">The store that the command line names, if it does.</param>
    /// <param name="s3">Where S3 is, and as whom to connect.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="UsageException">The store is none, or not one that this pipeline can use.</exception>
    public static PipelineRunOptions Open(
        PipelinePlan plan, StreamSummary source, Uri endpoint, string? checkpoint, ClientOptions s3, Func<string, string?> variable)
    {
        var address = checkpoint ?? plan.CheckpointStore;
        var file = address is null ? DefaultFile(plan, source, endpoint, variable)
            : address.StartsWith(FileScheme, StringComparison.Ordinal) && address.Length > FileScheme.Length ? address[FileScheme.Length..]
            : null;
        if (plan.IsStateful)
            return file is null ? throw new UsageException($"{plan.StatefulStage} remembers the records of all shards, so one process does all of the work and keeps its state in a file, not in {address}") : new PipelineRunOptions { StateFile = file };
        if (plan.Source.From.SequenceNumber is not null)
            return file is null ? throw new UsageException($"a group begins at trim-horizon, latest or at-timestamp=T, which mean something to all shards; a run that begins at a sequence number keeps its progress in a file, not in {address}") : new PipelineRunOptions { Checkpoints = new FileCheckpointStore(file) };
        try
        {
            return new PipelineRunOptions { Leases = file is null ? LeaseStoreAddress.Open(address!, s3) : new FileLeaseStore(file) };
        }
        catch (Exception mistake) when (mistake is FormatException or InvalidOperationException)
        {
            throw new UsageException($"--checkpoint: {mistake.Message}");
        }
    }

    /// <summary>Two pipelines that read the same stream under the same group do not share their work.</summary>
    private static string DefaultFile(PipelinePlan plan, StreamSummary source, Uri endpoint, Func<string, string?> variable)
    {
        var ofGroup = GroupProgress.PathOf(plan.Source.Group, source, endpoint, checkpoint: null, variable);
        var name = string.Concat(plan.Name.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"%{(int)letter:x}")));
        return Path.Combine(Path.GetDirectoryName(ofGroup)!, $"{name}.{Path.GetFileName(ofGroup)}");
    }
}
