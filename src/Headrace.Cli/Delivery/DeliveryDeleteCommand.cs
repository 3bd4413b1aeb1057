using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery delete NAME</c>.</summary>
internal sealed class DeliveryDeleteCommand : ServiceCommand<FirehoseClient>
{
    private readonly Argument<string> _name = new("NAME");

    public DeliveryDeleteCommand(CommandConsole console)
        : base(ServiceApis.Firehose, console, "delete", "Delete a delivery stream; its bucket stays.", "headrace delivery delete orders-to-lake")
    {
        Add(_name);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        await firehose.DeleteDeliveryStreamAsync(name, cancellation);
        Console.Say($"delivery stream {name} is being deleted");
        return ExitCodes.Done;
    }
}
