using System.Globalization;
using Headrace.Client;

namespace Headrace.Bench.Client;

/// <summary>Produces records of one length as fast as they are taken, from one loop.</summary>
internal sealed class ProducerLoad
{
    /// <summary>Records whose ends are looked at before more are produced; above what a producer keeps unacknowledged.</summary>
    private const int Window = 1 << 19;

    private const int Contents = 64;
    private const int Keys = 8192;

    private readonly byte[][] _contents = new byte[Contents][];
    private readonly string[] _keys = new string[Keys];
    private readonly Task<ProducedRecord>?[] _window = new Task<ProducedRecord>?[Window];

    public ProducerLoad(int dataBytes)
    {
        var random = new Random(20_131_202);
        for (var i = 0; i < Contents; i++)
            random.NextBytes(_contents[i] = new byte[dataBytes]);
        for (var i = 0; i < Keys; i++)
            _keys[i] = string.Create(CultureInfo.InvariantCulture, $"session-{random.NextInt64():x16}");
    }

    /// <summary>Produces for a while.</summary>
    /// <returns>How many records were acknowledged, all that were produced, and what they took.</returns>
    /// <exception cref="KinesisException">A record was refused.</exception>
    public async Task<(long Records, LoadFigures Figures)> RunAsync(Producer producer, TimeSpan duration, CancellationToken cancellation)
    {
        Array.Clear(_window);
        var clock = new LoadClock();
        long records = 0;
        for (; (records & 255) != 0 || clock.Elapsed < duration; records++)
        {
            var slot = records & (Window - 1);
            if (_window[slot] is { } earlier)
                await earlier;
            _window[slot] = await producer.EnqueueAsync(_contents[records & (Contents - 1)], _keys[records & (Keys - 1)], cancellation);
        }
        await producer.FlushAsync(cancellation);
        var figures = clock.Of(records);
        foreach (var last in _window)
        {
            if (last is not null)
                await last;
        }
        return (records, figures);
    }
}
