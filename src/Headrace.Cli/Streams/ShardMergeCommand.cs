using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams merge NAME --shard ID --with ID</c>.</summary>
internal sealed class ShardMergeCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME");
    private readonly Option<string> _shard = new("--shard") { HelpName = "ID", Description = "The shard to merge", Required = true };
    private readonly Option<string> _adjacent = new("--with") { HelpName = "ID", Description = "The shard whose hash range follows it", Required = true };

    public ShardMergeCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "merge", "Merge two adjacent shards.", "headrace streams merge orders --shard shardId-000000000000 --with shardId-000000000001")
    {
        Add(_name);
        Add(_shard);
        Add(_adjacent);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        await kinesis.MergeShardsAsync(name, parsed.GetRequiredValue(_shard), parsed.GetRequiredValue(_adjacent), cancellation);
        await kinesis.WaitUntilActiveAsync(name, cancellation);
        Console.Say($"{parsed.GetValue(_shard)} and {parsed.GetValue(_adjacent)} of {name} are merged");
        return ExitCodes.Done;
    }
}
