using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Consume;
using Headrace.Cli.Output;
using Headrace.Client;
using Headrace.Pipelines;
using Headrace.Server.Telemetry;

namespace Headrace.Cli.Etl;

/// <summary><c>headrace etl</c>: runs a pipeline file, or the lab's transform and routing from one stream to two.</summary>
internal sealed class EtlCommand : ServiceCommand<KinesisClient>
{
    private const string DefaultGroup = "etl";

    private readonly Option<string?> _source = new("--source-stream", "--source_stream") { HelpName = "S", Description = "The data stream of user sessions" };
    private readonly Option<string?> _destinations = new("--dest-streams", "--dest_streams") { HelpName = "JSON", Description = "Where sessions go by country" };
    private readonly Option<string?> _pipeline = new("--pipeline") { HelpName = "FILE", Description = "Run this pipeline instead" };
    private readonly Option<bool> _check = new("--check") { Description = "Only say whether the pipeline file is right" };
    private readonly Option<string?> _dryRun = new("--dry-run") { HelpName = "FILE.ndjson", Description = "Print where these records would go, and move nothing" };
    private readonly Option<string?> _deadLetter = new("--dead-letter") { HelpName = "FILE|stream:NAME|s3://BUCKET/PREFIX", Description = "Where records go that can't go on, with the reason [default: the pipeline's, else dead-letter.ndjson]" };
    private readonly Option<string?> _group = new("--group") { HelpName = "NAME", Description = $"Share the source's shards with all who run the pipeline under this name, and go on the next time where they stopped [default: the pipeline's, else {DefaultGroup}]" };
    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        HelpName = "URI",
        Description = "Where they remember who works on what, and how far: file:PATH, s3://BUCKET/PREFIX or dynamodb:TABLE [default: the pipeline's, else a file in the user's state folder]",
    };

    private readonly FailoverOption _failover = new("the pipeline's, else 10s");
    private readonly Option<bool> _noFollow = new("--no-follow") { Description = "End when everything that is there has been moved" };
    private readonly Option<long?> _limit = new("--limit") { HelpName = "N", Description = "End after so many records" };
    private readonly OutputOption _output = new();

    public EtlCommand(CommandConsole console)
        : base(
            ServiceApis.Kinesis,
            console,
            "etl",
            "Transform records and route them: as a pipeline file says, or user sessions by country, the USA to one stream, all else to the other.",
            "headrace etl --pipeline pipeline.yaml",
            "headrace etl --pipeline pipeline.yaml --dry-run records.ndjson",
            """headrace etl --source-stream sessions --dest-streams '{"USA":"usa-sessions","International":"international-sessions"}'""")
    {
        foreach (var option in new Option[] { _pipeline, _check, _dryRun, _source, _destinations, _deadLetter, _group, _checkpoint, _failover, _noFollow, _limit })
            Add(option);
        _output.AddTo(this);
        AddConnectionOptions();
        Add(new EtlReplayCommand(console));
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var limit = parsed.GetValue(_limit);
        if (limit < 1)
            throw new UsageException("--limit must be at least 1");
        var format = _output.Of(parsed);
        var plan = PlanOf(parsed);
        if (parsed.GetValue(_check))
        {
            Console.Say($"{parsed.GetValue(_pipeline)} is right: {plan.Source.Stream} to {string.Join(", ", plan.Destinations.Select(static destination => destination.Name))}");
            return ExitCodes.Done;
        }
        if (parsed.GetValue(_dryRun) is { } records)
        {
            await new DryRunReport(Console.Output).WriteAsync(plan, records, cancellation);
            return ExitCodes.Done;
        }
        using var firehose = new FirehoseClient(OptionsOf(parsed, "firehose"));
        using var objects = new S3Objects(OptionsOf(parsed, "s3"));
        using var telemetry = TelemetryExport.Start(Console.Variable, "headrace-etl", ClientTelemetry.Name);
        var source = await new PipelineStreams(kinesis, firehose, objects).FindAsync(plan, cancellation);
        var failover = _failover.Of(parsed) ?? plan.FailoverTime;
        var progress = EtlProgress.Open(plan, source, kinesis.Endpoint, parsed.GetValue(_checkpoint), OptionsOf(parsed, "s3"), Console.Variable);
        using var leases = progress.Leases;
        var options = progress with
        {
            FailoverTime = failover ?? progress.FailoverTime,
            Follow = !parsed.GetValue(_noFollow),
            Limit = limit,
            Objects = objects,
            Logger = new NoticeLog(Console),
        };
        await new PipelineReport(Console, format).RunAsync(plan, async counters =>
        {
            await using var reporter = PipelineReporter.Start(OptionsOf(parsed, "kinesis"), plan, counters);
            await new PipelineRunner(kinesis, plan, options, firehose).RunAsync(reporter, cancellation);
        });
        return ExitCodes.Done;
    }

    private PipelinePlan PlanOf(ParseResult parsed)
    {
        var (source, destinations, pipeline) = (parsed.GetValue(_source), parsed.GetValue(_destinations), parsed.GetValue(_pipeline));
        if (pipeline is null && (parsed.GetValue(_check) || parsed.GetValue(_dryRun) is not null))
            throw new UsageException("--check and --dry-run need --pipeline");
        if (pipeline is not null)
        {
            if (source is not null || destinations is not null)
                throw new UsageException("--pipeline and --source-stream with --dest-streams exclude each other");
            return PipelinePlans.Load(pipeline, parsed.GetValue(_deadLetter), parsed.GetValue(_group));
        }
        if (source is null || destinations is null)
            throw new UsageException("either --pipeline, or --source-stream and --dest-streams are required; see 'headrace etl --help'");
        var streams = DestinationStreams.Parse(destinations);
        return SessionPipeline.Create(
            new PipelineSource(source) { Group = parsed.GetValue(_group) ?? DefaultGroup },
            streams[SessionPipeline.Usa], streams[SessionPipeline.International], parsed.GetValue(_deadLetter) ?? "dead-letter.ndjson");
    }
}
