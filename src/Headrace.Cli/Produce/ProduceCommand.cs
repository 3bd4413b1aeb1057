using System.CommandLine;
using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Cli.Records;
using Headrace.Cli.Values;
using Headrace.Client;

namespace Headrace.Cli.Produce;

/// <summary><c>headrace produce</c>: puts records into a data stream.</summary>
internal sealed class ProduceCommand : ServiceCommand<KinesisClient>
{
    private readonly Option<string> _stream = new("--stream") { HelpName = "S", Description = "The data stream", Required = true };
    private readonly Option<string?> _json = new("--json-string", "--json_string") { HelpName = "JSON", Description = "One record" };
    private readonly Option<string?> _file = new("--file") { HelpName = "F", Description = "A file with one JSON record on each line" };
    private readonly Argument<string?> _input = new("-") { Description = "Read records from standard input", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _generate = new("--generate") { Description = "Make up user sessions like the lab's" };
    private readonly Option<string?> _rate = new("--rate") { HelpName = "N/s", Description = "Records a second [default: as fast as it goes]" };
    private readonly Option<long?> _count = new("--count") { HelpName = "N", Description = "With --generate: how many [default: without end]" };
    private readonly Option<int?> _seed = new("--seed") { HelpName = "N", Description = "With --generate: the same seed makes the same sessions" };
    private readonly Option<string?> _key = new("--partition-key") { HelpName = "KEY", Description = "The partition key of every record" };
    private readonly Option<string?> _keyFrom = new("--partition-key-from") { HelpName = "FIELD", Description = "Member of each record that is its partition key [default: session_id where there is one, else random]" };
    private readonly Option<bool> _aggregate = new("--aggregate") { Description = "Pack small records together, as the Kinesis Producer Library does" };
    private readonly Option<string?> _producer = new("--producer") { HelpName = "NAME", Description = "With --file: a name under which each line is stored once, however often the command is repeated" };
    private readonly OutputOption _output = new();

    public ProduceCommand(CommandConsole console)
        : base(
            ServiceApis.Kinesis,
            console,
            "produce",
            "Put records into a data stream.",
            """headrace produce --stream orders --json-string '{"session_id":"a1","country":"USA"}'""",
            "headrace produce --stream orders --file orders.ndjson",
            "headrace produce --stream orders --generate --count 10000")
    {
        Add(_input);
        foreach (var option in new Option[] { _stream, _json, _file, _generate, _rate, _count, _seed, _key, _keyFrom, _aggregate, _producer })
            Add(option);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var stream = parsed.GetRequiredValue(_stream);
        var source = SourceOf(parsed);
        var keys = KeysOf(parsed);
        var pace = PaceOf(parsed);
        var report = new AcknowledgementReport(Console.Output, _output.Of(parsed), isSingle: parsed.GetValue(_json) is not null);
        var counter = new ProgressCounter("acknowledged", source.Count);
        var options = new ProducerOptions { Aggregate = parsed.GetValue(_aggregate), Name = ProducerOf(parsed) };
        var run = new ProduceRun(kinesis, stream, options, await BeginAfterAsync(kinesis, stream, options.Name, cancellation), keys, pace, report, counter);
        if (source.Count == 1)
            await run.PutAllAsync(source, cancellation);
        else
            await new ProgressBoard(Console, plainEvery: null).RunAsync([counter], () => run.PutAllAsync(source, cancellation));
        if (!report.IsSingle)
            Console.Say(run.Summary());
        return cancellation.IsCancellationRequested ? Console.Interruption.ExitCode : ExitCodes.Done;
    }

    private string? ProducerOf(ParseResult parsed)
    {
        var name = parsed.GetValue(_producer);
        if (name is not null && parsed.GetValue(_file) is null or "-")
            throw new UsageException("--producer belongs to --file: a record's number is its line");
        return name;
    }

    /// <summary>The last line that an earlier run of the same producer has stored; 0 for none.</summary>
    private async Task<long> BeginAfterAsync(KinesisClient kinesis, string stream, string? producer, CancellationToken cancellation)
    {
        if (producer is null)
            return 0;
        var standing = await kinesis.DescribeProducerAsync(stream, producer, cancellation);
        if (!standing.IsOffered)
            Console.Say("the service knows no numbered records: after a failure lines may be stored twice");
        else if (standing.Number is { } number)
            Console.Say(string.Create(CultureInfo.InvariantCulture, $"{producer} has stored lines up to {number:N0} before, and goes on behind it"));
        return standing.Number ?? 0;
    }

    private RecordSource SourceOf(ParseResult parsed)
    {
        var json = parsed.GetValue(_json);
        var file = parsed.GetValue(_file);
        var input = parsed.GetValue(_input);
        var generate = parsed.GetValue(_generate);
        if (input is not (null or "-"))
            throw new UsageException($"'{input}' is not understood; use --file for a file, - for standard input");
        var given = (json is null ? 0 : 1) + (file is null ? 0 : 1) + (input is null ? 0 : 1) + (generate ? 1 : 0);
        if (given != 1)
            throw new UsageException("say once where the records come from: --json-string, --file, --generate, or - for standard input");
        var count = parsed.GetValue(_count);
        var seed = parsed.GetValue(_seed);
        if (!generate && (count is not null || seed is not null))
            throw new UsageException("--count and --seed belong to --generate");
        if (count < 1)
            throw new UsageException("--count must be at least 1");
        if (json is not null)
            return RecordSource.Single(json);
        if (generate)
            return RecordSource.Generated(count, seed ?? Random.Shared.Next());
        return file is null or "-" ? RecordSource.OfInput(Console.Input) : RecordSource.OfFile(file);
    }

    private PartitionKeys KeysOf(ParseResult parsed)
    {
        var key = parsed.GetValue(_key);
        var keyFrom = parsed.GetValue(_keyFrom);
        if (key is not null && keyFrom is not null)
            throw new UsageException("--partition-key and --partition-key-from exclude each other");
        if (key is { Length: 0 or > 256 })
            throw new UsageException("a partition key has 1 to 256 characters");
        return new PartitionKeys(key, keyFrom);
    }

    private Pace? PaceOf(ParseResult parsed)
    {
        var text = parsed.GetValue(_rate);
        if (text is null)
            return null;
        return RateValue.TryParse(text, out var perSecond)
            ? new Pace(perSecond, TimeProvider.System)
            : throw new UsageException($"--rate must be a number of records a second such as 500/s, not '{text}'");
    }
}
