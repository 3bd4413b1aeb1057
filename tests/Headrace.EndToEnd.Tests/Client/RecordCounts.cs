using System.Diagnostics.Metrics;
using Headrace.Client;

namespace Headrace.EndToEnd.Tests.Client;

/// <summary>Hears what the library's producers count of one stream.</summary>
internal sealed class RecordCounts : IDisposable
{
    private readonly MeterListener _listener;
    private long _produced, _putAgain;

    public RecordCounts(string stream)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == ClientTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (!tags.Contains(new KeyValuePair<string, object?>("aws.kinesis.stream_name", stream)))
                return;
            if (instrument.Name == "headrace.client.records.produced")
                Interlocked.Add(ref _produced, value);
            if (instrument.Name == "headrace.client.records.retried")
                Interlocked.Add(ref _putAgain, value);
        });
        _listener.Start();
    }

    public long Produced => Interlocked.Read(ref _produced);

    public long PutAgain => Interlocked.Read(ref _putAgain);

    public void Dispose() => _listener.Dispose();
}
