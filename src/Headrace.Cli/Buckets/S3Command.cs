using System.CommandLine;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary>A command that talks to the S3 API: has the connection's options and opens the client for each run.</summary>
internal abstract class S3Command : ExampleCommand
{
    private readonly ConnectionOptions _connection = new();

    protected S3Command(CommandConsole console, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Console = console;
        SetAction(RunWithClientAsync);
    }

    protected CommandConsole Console { get; }

    /// <summary>Called by the deriving command when it has added its own, so that these come last in the help.</summary>
    protected void AddConnectionOptions() => _connection.AddTo(this);

    protected abstract Task RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunWithClientAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var s3 = S3Connection.Open(_connection.Of(parsed, "s3"));
        await RunAsync(s3, parsed, cancellation);
        return ExitCodes.Done;
    }
}
