using System.CommandLine;
using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Consume;
using Headrace.Cli.Output;
using Headrace.Cli.Streams;
using Headrace.Client;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary><c>headrace etl</c>: the lab's transform and routing, from one stream to two.</summary>
internal sealed class EtlCommand : KinesisCommand
{
    private const string DefaultGroup = "etl";
    private const string StreamScheme = "stream:";

    private readonly Option<string> _source = new("--source-stream", "--source_stream") { HelpName = "S", Description = "The data stream of user sessions", Required = true };
    private readonly Option<string> _destinations = new("--dest-streams", "--dest_streams") { HelpName = "JSON", Description = "Where sessions go by country", Required = true };
    private readonly Option<string> _deadLetter = new("--dead-letter")
    {
        HelpName = "FILE|stream:NAME",
        Description = "Where records go that can't be transformed or written, with the reason",
        DefaultValueFactory = static _ => "dead-letter.ndjson",
    };

    private readonly Option<string> _group = new("--group") { HelpName = "NAME", Description = "Remember under this name how far was read, and go on from there the next time", DefaultValueFactory = static _ => DefaultGroup };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { HelpName = "file:PATH", Description = "Where to remember it [default: the user's state folder]" };
    private readonly Option<bool> _noFollow = new("--no-follow") { Description = "End when everything that is there has been moved" };
    private readonly Option<long?> _limit = new("--limit") { HelpName = "N", Description = "End after so many records" };
    private readonly OutputOption _output = new();

    public EtlCommand(CommandConsole console)
        : base(
            console,
            "etl",
            "Transform user sessions and route them by country: the USA to one stream, all else to the other.",
            """headrace etl --source-stream sessions --dest-streams '{"USA":"usa-sessions","International":"international-sessions"}'""")
    {
        foreach (var option in new Option[] { _source, _destinations, _deadLetter, _group, _checkpoint, _noFollow, _limit })
            Add(option);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var limit = parsed.GetValue(_limit);
        if (limit < 1)
            throw new UsageException("--limit must be at least 1");
        var format = _output.Of(parsed);
        var destinations = DestinationStreams.Parse(parsed.GetRequiredValue(_destinations));
        var deadLetter = parsed.GetRequiredValue(_deadLetter);
        var source = await FindStreamsAsync(kinesis, parsed.GetRequiredValue(_source), destinations.Values, deadLetter, cancellation);
        var progress = GroupProgress.PathOf(parsed.GetRequiredValue(_group), source, kinesis.Endpoint, parsed.GetValue(_checkpoint), Console.Variable);
        var runner = new EtlRunner(kinesis, new EtlOptions
        {
            SourceStream = source.Name,
            Destinations = destinations,
            DeadLetter = deadLetter,
            Checkpoints = new FileCheckpointStore(progress),
            Follow = !parsed.GetValue(_noFollow),
            Limit = limit,
        });
        var counters = new EtlCounters(destinations.Keys);
        try
        {
            await new ProgressBoard(Console, plainEvery: null).RunAsync(counters.All, () => runner.RunAsync(counters, cancellation));
        }
        finally
        {
            if (counters.Latest is { } latest)
                Tell(latest, format, deadLetter);
        }
        return ExitCodes.Done;
    }

    /// <summary>All streams are looked up before anything is moved, so that a wrong name is told at once.</summary>
    private static async Task<StreamSummary> FindStreamsAsync(
        KinesisClient kinesis, string source, IEnumerable<string> destinations, string deadLetter, CancellationToken cancellation)
    {
        var found = await kinesis.DescribeStreamSummaryAsync(source, cancellation);
        var others = deadLetter.StartsWith(StreamScheme, StringComparison.Ordinal) ? destinations.Append(deadLetter[StreamScheme.Length..]) : destinations;
        foreach (var name in others)
            await kinesis.DescribeStreamSummaryAsync(name, cancellation);
        return found;
    }

    private void Tell(EtlProgress done, OutputFormat format, string deadLetter)
    {
        if (format == OutputFormat.Json)
        {
            Console.Output.WriteJson(done, static (json, done) =>
            {
                json.WriteNumber("read", done.Read);
                json.WriteNumber("transformed", done.Transformed);
                json.WriteStartObject("routed");
                foreach (var (name, count) in done.Routed)
                    json.WriteNumber(name, count);
                json.WriteEndObject();
                json.WriteNumber("deadLettered", done.DeadLettered);
            });
        }
        var routed = string.Join(", ", done.Routed.Select(static side => string.Create(CultureInfo.InvariantCulture, $"{side.Value:N0} to {side.Key}")));
        Console.Say(string.Create(CultureInfo.InvariantCulture, $"{done.Read:N0} records read, {done.Transformed:N0} transformed, {routed}, {done.DeadLettered:N0} dead letters{(done.DeadLettered > 0 ? $" in {deadLetter}" : "")}"));
    }
}
