using System.Text.RegularExpressions;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Processing;

/// <summary>The steps that a destination's records go through, in AWS's order. Not thread-safe.</summary>
internal sealed partial class RecordProcessor : IDisposable
{
    private readonly List<IProcessingStep> _steps = [];

    public RecordProcessor(S3Destination destination, ConversionPlans plans)
    {
        Destination = destination;
        if (destination.Processing is { Enabled: true } processing)
            AddProcessors(destination, processing);
        if (destination.IsConverted)
            _steps.Add(new ConversionStep(destination, plans));
    }

    /// <summary>Whose records these are.</summary>
    public S3Destination Destination { get; }

    /// <summary>What follows each delivered record.</summary>
    public byte[] Delimiter { get; private set; } = [];

    public async ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        foreach (var step in _steps)
            await step.RunAsync(batch, cancellation);
    }

    public void Dispose() => _steps.ForEach(step => step.Dispose());

    private void AddProcessors(S3Destination destination, ProcessingConfiguration processing)
    {
        if (processing.Find(ProcessorType.Decompression) is not null)
            _steps.Add(new DecompressionStep());
        if (processing.Find(ProcessorType.CloudWatchLogProcessing)?[ProcessorParameters.DataMessageExtraction] is { } extracts && bool.Parse(extracts))
            _steps.Add(new LogMessageStep());
        if (processing.Find(ProcessorType.RecordDeAggregation) is { } deAggregation)
            _steps.Add(new DeAggregationStep(deAggregation));
        if (destination.IsPartitioned)
            _steps.Add(new PartitionStep(destination));
        if (processing.Find(ProcessorType.AppendDelimiterToRecord) is { } delimiter)
            Delimiter = System.Text.Encoding.UTF8.GetBytes(Unescape(delimiter[ProcessorParameters.Delimiter] ?? @"\n"));
    }

    /// <summary>Delimiters are written with the escapes of Java's strings.</summary>
    private static string Unescape(string text) => Escape().Replace(text, match => match.Value[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        _ => match.Value[1..],
    });

    [GeneratedRegex(@"\\[nrt\\]", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
