using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels delete NAME</c>.</summary>
internal sealed class ChannelDeleteCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME") { Description = "The channel's name or ARN" };

    public ChannelDeleteCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "delete", "Delete a channel; its stream and its bucket stay.", "headrace channels delete to-lake")
    {
        Add(_name);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        await kinesis.DeleteChannelAsync(new DeleteChannelRequest { ChannelArn = await ChannelLookup.ArnOfAsync(kinesis, name, cancellation) }, cancellation);
        Console.Say($"channel {name} is being deleted");
        return ExitCodes.Done;
    }
}
