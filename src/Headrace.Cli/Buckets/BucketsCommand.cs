using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets</c>: buckets and their objects.</summary>
internal sealed class BucketsCommand : ExampleCommand
{
    public BucketsCommand(CommandConsole console)
        : base("buckets", "Work with buckets and their objects.", "headrace buckets create lake", "headrace buckets ls s3://lake/firehose/")
    {
        Add(new BucketCreateCommand(console));
        Add(new BucketListCommand(console));
        Add(new BucketDeleteCommand(console));
        Add(new ObjectListCommand(console));
        Add(new ObjectCopyCommand(console));
        Add(new ObjectPrintCommand(console));
        Add(new ObjectRemoveCommand(console));
    }
}
