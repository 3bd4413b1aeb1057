using System.CommandLine;

namespace Headrace.Bench.Measuring;

/// <summary>A benchmark with the options that all have: rounds, the folder for the data, JSON.</summary>
internal abstract class MeasuringCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object" };
    private readonly Option<int> _rounds;
    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = "Folder on the disk to measure; data folders are made in it and removed [default: artifacts/bench]" };
    private readonly Option<string> _root = new("--root") { Required = true, Hidden = true };

    protected MeasuringCommand(string name, string description, int rounds)
        : base(name, description)
    {
        _rounds = new("--rounds") { DefaultValueFactory = _ => rounds, Description = "Rounds; the medians are given" };
        Add(_json);
        Add(_data);
        Add(_root);
        AddCount(_rounds);
        SetAction(RunAsync);
    }

    /// <summary>Runs it in an empty folder.</summary>
    /// <exception cref="BenchmarkException">An answer was wrong, or the figures would not be true.</exception>
    protected abstract Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation);

    /// <summary>Adds an option that takes a number of at least 1.</summary>
    protected void AddCount(Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{option.Name} must be at least 1");
        });
        Add(option);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var root = parsed.GetRequiredValue(_root);
        using var folder = DataFolder.Create(Path.GetFullPath(parsed.GetValue(_data) ?? Path.Combine(root, "artifacts/bench")), Name);
        var measured = await MeasureAsync(parsed, new MeasuringSettings(root, parsed.GetValue(_rounds), folder, Console.Error), cancellation);
        if (parsed.GetValue(_json))
            measured.WriteJson(Console.OpenStandardOutput());
        else
            measured.WriteTable();
        return 0;
    }
}
