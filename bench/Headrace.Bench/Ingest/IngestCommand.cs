using System.CommandLine;

namespace Headrace.Bench.Ingest;

/// <summary><c>ingest</c>: how fast PutRecords goes in, beside what the web server alone can take.</summary>
internal sealed class IngestCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object" };
    private readonly Option<int> _rounds = new("--rounds") { DefaultValueFactory = _ => 5, Description = "Rounds; every server is measured once in each, the medians are given" };
    private readonly Option<int> _seconds = new("--seconds") { DefaultValueFactory = _ => 5, Description = "Seconds of load in a round, per server" };
    private readonly Option<int> _warmUp = new("--warm-up") { DefaultValueFactory = _ => 3, Description = "Seconds of load before the first round, per server" };
    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = "Folder on the disk to measure; data folders are made in it and removed [default: artifacts/bench]" };
    private readonly Option<string?> _baseline = new("--baseline") { HelpName = "DLL", Description = "The headrace.dll of another build, measured in the same rounds" };
    private readonly Option<bool> _peers = new("--peers") { Description = "Measure kinesalite, and moto_server where it is installed, in the same rounds" };
    private readonly Option<bool> _console = new("--console") { Description = "Also measure it with the console open, in the same rounds, and require that the console is told each second" };
    private readonly Option<bool> _metrics = new("--metrics") { Description = "Also measure it with its metrics scraped each second, and with its metrics sent each second by OTLP" };
    private readonly Option<string> _durability = new Option<string>("--durability") { DefaultValueFactory = _ => "fsync", Description = "What the server promises with its answer" }.AcceptOnlyFromAmong("fsync", "os");
    private readonly Option<string> _root = new("--root") { Required = true, Hidden = true };

    public IngestCommand()
        : base("ingest", "PutRecords of 500 records of 1 KiB, beside a bare Kestrel endpoint that reads the same bodies.")
    {
        foreach (var option in new Option[] { _json, _rounds, _seconds, _warmUp, _data, _baseline, _peers, _console, _metrics, _durability, _root })
            Add(option);
        foreach (var count in new[] { _rounds, _seconds, _warmUp })
            count.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1)
                    result.AddError($"{count.Name} must be at least 1");
            });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var root = parsed.GetRequiredValue(_root);
        var settings = new IngestSettings
        {
            Root = root,
            Rounds = parsed.GetValue(_rounds),
            Seconds = parsed.GetValue(_seconds),
            WarmUpSeconds = parsed.GetValue(_warmUp),
            DataParent = Path.GetFullPath(parsed.GetValue(_data) ?? Path.Combine(root, "artifacts/bench")),
            Baseline = parsed.GetValue(_baseline),
            Peers = parsed.GetValue(_peers),
            Console = parsed.GetValue(_console),
            Metrics = parsed.GetValue(_metrics),
            Durability = parsed.GetValue(_durability)!,
        };
        var result = await new IngestRun(settings, Console.Error).RunAsync(cancellation);
        if (parsed.GetValue(_json))
            IngestReport.WriteJson(result, Console.OpenStandardOutput());
        else
            IngestReport.WriteTable(result);
        return 0;
    }
}
