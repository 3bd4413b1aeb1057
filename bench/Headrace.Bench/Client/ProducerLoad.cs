using System.Globalization;
using Headrace.Client;

namespace Headrace.Bench.Client;

/// <summary>Produces records of one length as fast as they are taken, from one loop.</summary>
internal sealed class ProducerLoad
{
    /// <summary>Records from one look at the clock to the next.</summary>
    private const int BetweenLooks = 256;

    private const int Contents = 64;
    private const int Keys = 8192;

    private readonly byte[][] _contents = new byte[Contents][];
    private readonly string[] _keys = new string[Keys];

    public ProducerLoad(int dataBytes)
    {
        var random = new Random(20_131_202);
        for (var i = 0; i < Contents; i++)
            random.NextBytes(_contents[i] = new byte[dataBytes]);
        for (var i = 0; i < Keys; i++)
            _keys[i] = string.Create(CultureInfo.InvariantCulture, $"session-{random.NextInt64():x16}");
    }

    /// <summary>Produces for a while. That no record is missing is counted afterwards.</summary>
    /// <returns>How many records were produced, all of which have ended, and what they took.</returns>
    /// <exception cref="PostedRecordsLostException">A record was refused.</exception>
    public async Task<(long Records, LoadFigures Figures)> RunAsync(Producer producer, TimeSpan duration, CancellationToken cancellation)
    {
        var clock = new LoadClock();
        long records = 0;
        for (; records % BetweenLooks != 0 || clock.Elapsed < duration; records++)
            await producer.PostAsync(_contents[records & (Contents - 1)], _keys[records & (Keys - 1)], cancellation);
        await producer.FlushAsync(cancellation);
        return (records, clock.Of(records));
    }
}
