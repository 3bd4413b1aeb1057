using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Delivery;

/// <summary><c>delivery</c>: how fast a stream's records become objects, beside a copy of the same bytes.</summary>
internal sealed class DeliveryCommand : MeasuringCommand
{
    private readonly Option<int> _megabytes = new("--megabytes") { DefaultValueFactory = _ => 300, Description = "Megabytes (10^6 bytes) of record data in the stream, all delivered in every round and form; at least 200" };

    public DeliveryCommand()
        : base("delivery", "A whole stream into objects: as they are, with GZIP and as Parquet; beside cp and fsync of the same bytes.", rounds: 3) =>
        AddCount(_megabytes);

    protected override Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation) =>
        new DeliveryRun(settings, Math.Max(200, parsed.GetValue(_megabytes))).RunAsync(cancellation);
}
