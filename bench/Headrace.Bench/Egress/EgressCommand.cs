using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Egress;

/// <summary><c>egress</c>: how fast a stream is read, beside what the web server alone can send.</summary>
internal sealed class EgressCommand : MeasuringCommand
{
    private readonly Option<int> _megabytes = new("--megabytes") { DefaultValueFactory = _ => 500, Description = "Megabytes (10^6 bytes) of record data in the stream, all read in every round" };

    public EgressCommand()
        : base("egress", "GetRecords of a whole stream, beside a bare Kestrel endpoint that sends answers of the same lengths.", rounds: 5) =>
        AddCount(_megabytes);

    protected override Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation) =>
        new EgressRun(settings, parsed.GetValue(_megabytes)).RunAsync(cancellation);
}
