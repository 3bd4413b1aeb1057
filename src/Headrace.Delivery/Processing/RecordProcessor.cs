using System.Globalization;
using System.Text.RegularExpressions;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Functions;
using Headrace.Delivery.Programs;

namespace Headrace.Delivery.Processing;

/// <summary>The steps that a destination's records go through, in AWS's order. Not thread-safe.</summary>
internal sealed partial class RecordProcessor : IDisposable
{
    private readonly List<IProcessingStep> _steps = [];

    /// <param name="destination">Whose records these are.</param>
    /// <param name="plans">What rows are made by.</param>
    /// <param name="functions">Has records processed by a function.</param>
    /// <param name="programs">Starts a program by the name that the operator gave it.</param>
    public RecordProcessor(S3Destination destination, ConversionPlans plans, Func<Processor, FunctionStep> functions, Func<string, IRecordProgram> programs)
    {
        Destination = destination;
        if (destination.Channel is { RecordFormat: not RecordFormat.ByteArray } channel)
            _steps.Add(new RecordFormatStep(channel.RecordFormat));
        if (destination.Processing is { Enabled: true } processing)
            AddProcessors(destination, processing, functions, programs);
        if (destination.IsConverted)
            _steps.Add(new ConversionStep(destination, plans));
    }

    /// <summary>Whose records these are.</summary>
    public S3Destination Destination { get; }

    /// <summary>How many bytes are worth processing together, and how long they are waited for.</summary>
    public (int Bytes, TimeSpan Interval) Hints { get; private set; }

    /// <summary>What follows each delivered record.</summary>
    public byte[] Delimiter { get; private set; } = [];

    public async ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        foreach (var step in _steps)
            await step.RunAsync(batch, cancellation);
    }

    public void Dispose() => _steps.ForEach(step => step.Dispose());

    private void AddProcessors(S3Destination destination, ProcessingConfiguration processing, Func<Processor, FunctionStep> functions, Func<string, IRecordProgram> programs)
    {
        if (processing.Find(ProcessorType.Decompression) is not null)
            _steps.Add(new DecompressionStep());
        if (processing.Find(ProcessorType.CloudWatchLogProcessing)?[ProcessorParameters.DataMessageExtraction] is { } extracts && bool.Parse(extracts))
            _steps.Add(new LogMessageStep());
        if (processing.Find(ProcessorType.RecordDeAggregation) is { } deAggregation)
            _steps.Add(new DeAggregationStep(deAggregation));
        if (processing.Find(ProcessorType.Jq) is { } jq)
            _steps.Add(new JqFilterStep(jq[ProcessorParameters.JqFilter]!));
        if (processing.Find(ProcessorType.Exec) is { } exec)
            _steps.Add(new ProgramStep(programs(exec[ProcessorParameters.ProgramName]!)));
        if (processing.Find(ProcessorType.Lambda) is { } lambda)
        {
            _steps.Add(functions(lambda));
            Hints = ((int)(Number(lambda, ProcessorParameters.BufferSizeInMBs, 1) * 1024 * 1024), TimeSpan.FromSeconds(Number(lambda, ProcessorParameters.BufferIntervalInSeconds, 60)));
        }
        if (destination.IsPartitioned)
            _steps.Add(new PartitionStep(destination));
        if (processing.Find(ProcessorType.AppendDelimiterToRecord) is { } delimiter)
            Delimiter = System.Text.Encoding.UTF8.GetBytes(Unescape(delimiter[ProcessorParameters.Delimiter] ?? @"\n"));
    }

    private static double Number(Processor processor, string parameter, double otherwise) =>
        processor[parameter] is { } given ? double.Parse(given, CultureInfo.InvariantCulture) : otherwise;

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
