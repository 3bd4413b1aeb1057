using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary>The options by which several <c>consume</c> share a stream as a group.</summary>
internal sealed class GroupOptions
{
    private readonly Option<string?> _group = new("--group") { HelpName = "NAME", Description = "Share the stream with all who give this name, and go on the next time where the group stopped" };
    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        HelpName = "URI",
        Description = "Where the group remembers who reads what, and how far: file:PATH, s3://BUCKET/PREFIX or dynamodb:TABLE [default: a file in the user's state folder]",
    };

    private readonly Option<bool> _fanOut = new("--fan-out") { Description = "Have the records pushed on AWS too, where it costs money; a group on Headrace has it anyway" };
    private readonly FailoverOption _failover = new("10s");

    public void AddTo(Command command)
    {
        command.Add(_group);
        command.Add(_checkpoint);
        command.Add(_fanOut);
        command.Add(_failover);
    }

    /// <summary>The group's name; null: no group is asked for.</summary>
    /// <exception cref="UsageException">What only a group has is asked for without one.</exception>
    public string? NameOf(ParseResult parsed)
    {
        var name = parsed.GetValue(_group) ?? (parsed.GetValue(_checkpoint) is null ? null : "default");
        if (name is null && parsed.GetValue(_fanOut))
            throw new UsageException("--fan-out needs --group, the name to register with the stream");
        return name;
    }

    /// <exception cref="UsageException">The failover time is none.</exception>
    public WorkerOptions WorkerOf(ParseResult parsed, string name)
    {
        var options = new WorkerOptions { ConsumerName = name, Retrieval = parsed.GetValue(_fanOut) ? RetrievalMode.FanOut : RetrievalMode.Automatic };
        return _failover.Of(parsed) is { } failover ? options with { FailoverTime = failover } : options;
    }

    /// <summary>Opens the group's leases; the caller disposes them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="endpoint">Where the stream is.</param>
    /// <param name="s3">Where S3 is, and as whom to connect.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="UsageException">The checkpoint's scheme is not known, or the group's name cannot be a file's.</exception>
    public ILeaseStore LeasesOf(ParseResult parsed, string name, StreamSummary stream, Uri endpoint, ClientOptions s3, Func<string, string?> variable)
    {
        if (parsed.GetValue(_checkpoint) is not { } address)
            // Apart from where a pipeline of the same name keeps its progress.
            return new FileLeaseStore(GroupProgress.PathOf($"{name}.leases", stream, endpoint, checkpoint: null, variable));
        try
        {
            return LeaseStoreAddress.Open(address, s3);
        }
        catch (Exception mistake) when (mistake is FormatException or InvalidOperationException)
        {
            throw new UsageException($"--checkpoint: {mistake.Message}");
        }
    }
}
