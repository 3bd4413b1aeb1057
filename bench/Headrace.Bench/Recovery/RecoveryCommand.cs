using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Recovery;

/// <summary><c>recovery</c>: how soon a killed server with much data serves again.</summary>
internal sealed class RecoveryCommand : MeasuringCommand
{
    private readonly Option<int> _gigabytes = new("--gigabytes") { DefaultValueFactory = _ => 2, Description = "Gigabytes (10^9 bytes) of record data in the stream" };

    public RecoveryCommand()
        : base("recovery", "Time until a server that was killed under load serves again, and how much of its log it reads for that.", rounds: 5) =>
        AddCount(_gigabytes);

    protected override Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation) =>
        new RecoveryRun(settings, parsed.GetValue(_gigabytes)).RunAsync(cancellation);
}
