using System.CommandLine;
using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;
using Headrace.Files;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary><c>headrace etl replay</c>: sends dead letters through their pipeline again, when the reason is gone.</summary>
internal sealed class EtlReplayCommand : ServiceCommand<KinesisClient>
{
    private readonly Option<string> _pipeline = new("--pipeline") { HelpName = "FILE", Description = "The pipeline", Required = true };
    private readonly Option<string?> _letters = new("--letters") { HelpName = "FILE", Description = "The dead letters [default: the pipeline's file of them]" };
    private readonly OutputOption _output = new();

    public EtlReplayCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "replay", "Send dead letters through the pipeline again; those that fail again are dead letters again.", "headrace etl replay --pipeline pipeline.yaml")
    {
        Add(_pipeline);
        Add(_letters);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var plan = PipelinePlans.Load(parsed.GetRequiredValue(_pipeline), null, null);
        if (plan.IsStateful)
            throw new UsageException("a pipeline that deduplicates or has windows cannot replay letters: their time is over");
        var letters = parsed.GetValue(_letters) ?? plan.DeadLetter;
        if (letters == plan.DeadLetter && (letters.StartsWith("stream:", StringComparison.Ordinal) || BucketAddress.TryParse(letters, out _)))
            throw new UsageException($"the letters are in {letters}; write those to be replayed into a file, a letter a line, and name it with --letters");
        if (!File.Exists(letters))
            throw new FileNotFoundException(null, letters);
        using var firehose = new FirehoseClient(OptionsOf(parsed, "firehose"));
        using var objects = new S3Objects(OptionsOf(parsed, "s3"));
        await new PipelineStreams(kinesis, firehose, objects).FindAsync(plan, cancellation);
        // New letters get a file of their own, and nothing is lost when this is interrupted.
        var taken = string.Create(CultureInfo.InvariantCulture, $"{letters}.{DateTimeOffset.UtcNow:yyyyMMdd'T'HHmmss.fff}");
        using (await FileLock.TakeAsync(letters + ".lock", cancellation))
            File.Move(letters, taken);
        Console.Say($"replaying {taken}; it stays, for you to delete");
        await new PipelineReport(Console, _output.Of(parsed)).RunAsync(plan, counters => new PipelineRunner(kinesis, plan, new PipelineRunOptions { Objects = objects }, firehose).ReplayAsync(taken, counters, cancellation));
        return ExitCodes.Done;
    }
}
