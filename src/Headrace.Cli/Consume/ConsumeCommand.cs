using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary><c>headrace consume</c>: logs a stream's records with shard and sequence number.</summary>
internal sealed class ConsumeCommand : ServiceCommand<KinesisClient>
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
    private readonly GroupOptions _groups = new();
    private readonly OutputOption _output = new();

    public ConsumeCommand(CommandConsole console)
        : base(
            ServiceApis.Kinesis,
            console,
            "consume",
            "Log every record of a stream with its shard and sequence number.",
            "headrace consume --stream orders",
            "headrace consume --stream orders --from latest --output json",
            "headrace consume --stream orders --group billing --checkpoint dynamodb:billing")
    {
        foreach (var option in new Option[] { _stream, _from, _shard, _limit, _noFollow })
            Add(option);
        _groups.AddTo(this);
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
        var group = _groups.NameOf(parsed);
        var shard = parsed.GetValue(_shard);
        if (group is not null && shard is not null)
            throw new UsageException("--shard and --group exclude each other: a group shares all shards");
        // Asked first: later the consumer rides out an absent server, but at the start it is a wrong name or address.
        var stream = await kinesis.DescribeStreamSummaryAsync(name, cancellation);
        var log = new RecordLog(Console.Output, format);
        if (group is not null)
        {
            await ConsumeAsGroupAsync(kinesis, stream, group, from, log, limit, parsed, cancellation);
        }
        else
        {
            var consumer = new Consumer(kinesis, name, new ConsumerOptions { From = from, ShardId = shard, Follow = !parsed.GetValue(_noFollow), Deaggregate = true });
            await log.WriteAllAsync(consumer.ReadAsync(cancellation), limit, wrote: null, cancellation);
        }
        return cancellation.IsCancellationRequested ? Console.Interruption.ExitCode : ExitCodes.Done;
    }

    private async Task ConsumeAsGroupAsync(
        KinesisClient kinesis, StreamSummary stream, string group, StartingPosition from, RecordLog log, long? limit, ParseResult parsed, CancellationToken cancellation)
    {
        if (from.SequenceNumber is not null)
            throw new UsageException("--from: a group begins at trim-horizon, latest or at-timestamp=T, which mean something to all shards");
        var options = _groups.WorkerOf(parsed, group) with { From = from, Follow = !parsed.GetValue(_noFollow), Logger = new NoticeLog(Console) };
        using var leases = _groups.LeasesOf(parsed, group, stream, kinesis.Endpoint, OptionsOf(parsed, "s3"), Console.Variable);
        var consumer = new GroupConsumer(kinesis, stream.Name, leases, options)
        {
            // A record that nobody could read is not handled.
            BeforeCheckpoint = () =>
            {
                Console.Output.Flush();
                return ValueTask.CompletedTask;
            },
        };
        await log.WriteAllAsync(consumer.ReadAsync(cancellation), limit, consumer.Handled, cancellation);
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
}
