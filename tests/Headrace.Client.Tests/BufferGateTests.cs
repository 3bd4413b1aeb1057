namespace Headrace.Client.Tests;

public sealed class BufferGateTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Many_who_come_and_go_at_once_never_exceed_it_and_all_get_in()
    {
        const int Capacity = 1_000;
        var gate = new BufferGate(Capacity);
        long held = 0, most = 0, entered = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(who => Task.Run(async () =>
        {
            var random = new Random(who);
            for (var i = 0; i < 20_000; i++)
            {
                var bytes = random.Next(1, Capacity / 2);
                using var cancelled = new CancellationTokenSource();
                var entering = gate.EnterAsync(bytes, cancelled.Token);
                if (!entering.IsCompleted && random.Next(4) == 0)
                    await cancelled.CancelAsync();
                try
                {
                    await entering;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                Interlocked.Increment(ref entered);
                var now = Interlocked.Add(ref held, bytes);
                while (Volatile.Read(ref most) is var known && now > known && Interlocked.CompareExchange(ref most, now, known) != known)
                {
                    // Somebody else has just seen more, or less.
                }
                if (random.Next(2) == 0)
                    await Task.Yield();
                Interlocked.Add(ref held, -bytes);
                gate.Leave(bytes);
            }
        }))).WaitAsync(Deadline);

        most.ShouldBeInRange(1, Capacity);
        entered.ShouldBeGreaterThan(0);
        gate.IsFull.ShouldBeFalse();
        // What was held is given back, to the last byte: one that fills it all comes in beside nobody, and none beside it.
        gate.EnterAsync(Capacity - 1, CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        gate.EnterAsync(1, CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        var last = gate.EnterAsync(1, CancellationToken.None).AsTask();
        last.IsCompleted.ShouldBeFalse();
        gate.Leave(1);
        await last.WaitAsync(Deadline);
    }

    [Fact]
    public async Task Nobody_overtakes_who_waits()
    {
        var gate = new BufferGate(10);
        await gate.EnterAsync(8, CancellationToken.None);
        var large = gate.EnterAsync(5, CancellationToken.None).AsTask();
        var small = gate.EnterAsync(1, CancellationToken.None).AsTask();
        small.IsCompleted.ShouldBeFalse();
        gate.Leave(8);
        await Task.WhenAll(large, small).WaitAsync(Deadline);
    }

    [Fact]
    public async Task One_larger_than_all_the_room_comes_in_alone()
    {
        var gate = new BufferGate(10);
        await gate.EnterAsync(1, CancellationToken.None);
        var large = gate.EnterAsync(100, CancellationToken.None).AsTask();
        large.IsCompleted.ShouldBeFalse();
        gate.Leave(1);
        await large.WaitAsync(Deadline);
        gate.EnterAsync(1, CancellationToken.None).AsTask().IsCompleted.ShouldBeFalse();
    }
}
