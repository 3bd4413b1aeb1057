using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Buckets;

/// <summary><c>buckets</c>: how fast objects are put, read and listed, beside a bare endpoint that keeps files.</summary>
internal sealed class BucketsCommand : MeasuringCommand
{
    private readonly Option<int> _keys = new("--keys") { DefaultValueFactory = _ => 100_000, Description = "Keys in the bucket that is listed" };
    private readonly Option<bool> _peers = new("--peers") { Description = "Measure s3rver too" };

    public BucketsCommand()
        : base("buckets", "Puts and gets of 64 KiB and of 64 MiB and a listing, beside a bare Kestrel endpoint that writes, flushes and sends files.", rounds: 3)
    {
        AddCount(_keys);
        Add(_peers);
    }

    protected override Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation) =>
        new BucketsRun(settings, parsed.GetValue(_keys), parsed.GetValue(_peers)).RunAsync(cancellation);
}
