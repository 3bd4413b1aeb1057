namespace Headrace.Client.Tests;

public sealed class LaneQueueTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Of_what_many_write_nothing_is_lost_and_each_keeps_its_order()
    {
        const int Writers = 4, Each = 50_000;
        var queue = new LaneQueue(new BufferGate(1));
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                queue.TryAdd(Record(10) with { Number = ((long)writer << 32) + i }).ShouldBeTrue();
        })).ToArray();
        var closing = Task.WhenAll(writing).ContinueWith(_ => queue.Close(), TaskScheduler.Default);

        var next = new long[Writers];
        List<ProducerItem> taken = [];
        var read = 0;
        while (await queue.WaitAsync().AsTask().WaitAsync(Deadline))
        {
            // Now and then company is waited for, and given up; then what is there is taken all the same.
            if (read++ % 3 == 0)
            {
                using var linger = new CancellationTokenSource(TimeSpan.FromMicroseconds(50));
                await Should.NotThrowAsync(async () => await GiveUpAsync(queue.WaitForCompanyAsync(1_000_000, long.MaxValue, linger.Token).AsTask()));
            }
            if (read % 2 == 0)
                taken.Clear();
            var known = taken.Count;
            queue.TryTake(ref taken).ShouldBeTrue();
            foreach (var item in taken.Skip(known))
                (item.Number & uint.MaxValue).ShouldBe(next[item.Number >> 32]++);
        }
        await closing;
        next.ShouldAllBe(count => count == Each);
        queue.TryAdd(Record(1)).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_waits_for_company_is_woken_by_enough_of_it_by_a_mark_and_by_the_end()
    {
        List<ProducerItem> taken = [];
        var queue = new LaneQueue(new BufferGate(1));
        var records = queue.WaitForCompanyAsync(2, 1_000, CancellationToken.None).AsTask();
        queue.TryAdd(Record(10));
        records.IsCompleted.ShouldBeFalse();
        queue.TryAdd(Record(10));
        (await records.WaitAsync(Deadline)).ShouldBeTrue();
        queue.TryTake(ref taken).ShouldBeTrue();

        var bytes = queue.WaitForCompanyAsync(100, 1_000, CancellationToken.None).AsTask();
        queue.TryAdd(Record(998));
        bytes.IsCompleted.ShouldBeFalse();
        queue.TryAdd(Record(0));
        (await bytes.WaitAsync(Deadline)).ShouldBeTrue();
        queue.TryTake(ref taken).ShouldBeTrue();

        var mark = queue.WaitForCompanyAsync(100, 1_000, CancellationToken.None).AsTask();
        queue.TryAdd(ProducerItem.Flush(new ItemCompletion()));
        (await mark.WaitAsync(Deadline)).ShouldBeTrue();
        queue.TryTake(ref taken).ShouldBeTrue();
        taken.Count.ShouldBe(5);

        var end = queue.WaitForCompanyAsync(100, 1_000, CancellationToken.None).AsTask();
        queue.Close();
        (await end.WaitAsync(Deadline)).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_waits_for_company_goes_on_when_there_is_no_room_for_any_and_who_waits_for_anything_does_not()
    {
        var gate = new BufferGate(1);
        var queue = new LaneQueue(gate);
        gate.Filled += queue.Hurry;
        await gate.EnterAsync(1, CancellationToken.None);
        var company = queue.WaitForCompanyAsync(100, 1_000, CancellationToken.None).AsTask();
        company.IsCompleted.ShouldBeFalse();
        var outside = gate.EnterAsync(1, CancellationToken.None).AsTask();
        (await company.WaitAsync(Deadline)).ShouldBeFalse();
        (await queue.WaitForCompanyAsync(100, 1_000, CancellationToken.None)).ShouldBeFalse();

        var anything = queue.WaitAsync().AsTask();
        queue.Hurry();
        anything.IsCompleted.ShouldBeFalse();
        queue.TryAdd(Record(1));
        (await anything.WaitAsync(Deadline)).ShouldBeTrue();
        gate.Leave(1);
        await outside.WaitAsync(Deadline);
    }

    private static ProducerItem Record(int bytes) => new(new byte[bytes], "k", explicitHashKey: null);

    private static async Task GiveUpAsync(Task waiting)
    {
        try
        {
            await waiting;
        }
        catch (OperationCanceledException)
        {
            // That is what the linger is for.
        }
    }
}
