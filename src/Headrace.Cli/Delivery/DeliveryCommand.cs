using Headrace.Cli.CommandLine;
using Headrace.Cli.Delivery.Tables;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery</c>: delivery streams.</summary>
internal sealed class DeliveryCommand : ExampleCommand
{
    public DeliveryCommand(CommandConsole console)
        : base(
            "delivery",
            "Work with delivery streams, which carry records into buckets.",
            "headrace delivery create --name orders-to-lake --source-stream orders --bucket lake",
            "headrace delivery list")
    {
        Add(new DeliveryCreateCommand(console));
        Add(new DeliveryListCommand(console));
        Add(new DeliveryDescribeCommand(console));
        Add(new DeliveryLogsCommand(console));
        Add(new DeliveryDeleteCommand(console));
        Add(new TablesCommand(console));
    }
}
