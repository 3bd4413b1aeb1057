using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;
using Headrace.Cli.Streams;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary><c>headrace consume</c>: logs a stream's records with shard and sequence number.</summary>
internal sealed class ConsumeCommand : KinesisCommand
{
    private readonly Option<string> _stream = new("--stream") { HelpName = "S", Description = "The data stream", Required = true };
    private readonly Option<string> _from = new("--from")
    {
        HelpName = "POSITION",
        Description = "trim-horizon, latest, at-timestamp=T, at-sequence-number=N or after-sequence-number=N",
        DefaultValueFactory = static _ => "trim-horizon",
    };

    private readonly Option<string?> _shard = new("--shard") { HelpName = "ID", Description = "Read this shard only" };
    private readonly Option<long?> _limit = new("--limit") { HelpName = "N", Description = "End after so many records" };
    private readonly Option<bool> _noFollow = new("--no-follow") { Description = "End when everything that is there has been read" };
    private readonly Option<string?> _group = new("--group") { HelpName = "NAME", Description = "Remember under this name how far was read, and go on from there the next time" };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { HelpName = "file:PATH", Description = "Where to remember it [default: the user's state folder]" };
    private readonly OutputOption _output = new();

    public ConsumeCommand(CommandConsole console)
        : base(
            console,
            "consume",
            "Log every record of a stream with its shard and sequence number.",
            "headrace consume --stream orders",
            "headrace consume --stream orders --from latest --output json")
    {
        foreach (var option in new Option[] { _stream, _from, _shard, _limit, _noFollow, _group, _checkpoint })
            Add(option);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_stream);
        var limit = parsed.GetValue(_limit);
        if (limit < 1)
            throw new UsageException("--limit must be at least 1");
        var format = _output.Of(parsed);
        var from = PositionOf(parsed.GetRequiredValue(_from));
        // Asked first: later the consumer rides out an absent server, but at the start it is a wrong name or address.
        var stream = await kinesis.DescribeStreamSummaryAsync(name, cancellation);
        var checkpoints = CheckpointsOf(parsed, stream, kinesis.Endpoint);
        var consumer = new Consumer(kinesis, name, new ConsumerOptions
        {
            From = from,
            ShardId = parsed.GetValue(_shard),
            Checkpoints = checkpoints,
            Follow = !parsed.GetValue(_noFollow),
            Deaggregate = true,
        });
        var log = new RecordLog(Console.Output, format, checkpoints, TimeProvider.System);
        await log.WriteAllAsync(consumer.ReadAsync(cancellation), limit, cancellation);
        return cancellation.IsCancellationRequested ? Console.Interruption.ExitCode : ExitCodes.Done;
    }

    private static StartingPosition PositionOf(string text)
    {
        try
        {
            return StartingPosition.Parse(text);
        }
        catch (FormatException mistake)
        {
            throw new UsageException($"--from: {mistake.Message.TrimEnd('.')}");
        }
    }

    private FileCheckpointStore? CheckpointsOf(ParseResult parsed, StreamSummary stream, Uri endpoint)
    {
        var group = parsed.GetValue(_group);
        var checkpoint = parsed.GetValue(_checkpoint);
        return group is null && checkpoint is null ? null : new FileCheckpointStore(GroupProgress.PathOf(group ?? "default", stream, endpoint, checkpoint, Console.Variable));
    }
}
