using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams split NAME --shard ID [--at HASHKEY]</c>.</summary>
internal sealed class ShardSplitCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME");
    private readonly Option<string> _shard = new("--shard") { HelpName = "ID", Description = "The shard to split", Required = true };
    private readonly Option<string?> _at = new("--at") { HelpName = "HASHKEY", Description = "First hash key of the upper child [default: the middle]" };

    public ShardSplitCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "split", "Split a shard in two.", "headrace streams split orders --shard shardId-000000000000")
    {
        Add(_name);
        Add(_shard);
        Add(_at);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        var shard = parsed.GetRequiredValue(_shard);
        var at = parsed.GetValue(_at) ?? await MiddleOfAsync(kinesis, name, shard, cancellation);
        await kinesis.SplitShardAsync(name, shard, at, cancellation);
        await kinesis.WaitUntilActiveAsync(name, cancellation);
        Console.Say($"{shard} of {name} is split at {at}");
        return ExitCodes.Done;
    }

    private static async Task<string> MiddleOfAsync(KinesisClient kinesis, string name, string shardId, CancellationToken cancellation)
    {
        var shards = await kinesis.ListShardsAsync(name, cancellation);
        var shard = shards.FirstOrDefault(shard => shard.ShardId == shardId)
            ?? throw new CommandFailedException($"stream {name} has no shard {shardId}; see 'headrace streams describe {name}'");
        return HashKeys.Middle(shard.StartingHashKey, shard.EndingHashKey);
    }
}
