using Headrace.Streams.Resharding;

namespace Headrace.Streams.Tests.Resharding;

public class PutGateTests
{
    [Fact]
    public async Task Closing_waits_for_those_inside_and_holds_back_those_outside()
    {
        var gate = new PutGate();
        await gate.EnterAsync(default);
        var closing = gate.CloseAsync();
        closing.IsCompleted.ShouldBeFalse();
        var waiting = gate.EnterAsync(default).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        gate.Leave();
        await closing.WaitAsync(TimeSpan.FromSeconds(10));
        waiting.IsCompleted.ShouldBeFalse();

        gate.Open();
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_waiting_put_can_be_given_up()
    {
        var gate = new PutGate();
        await gate.CloseAsync();
        using var given = new CancellationTokenSource();
        var waiting = gate.EnterAsync(given.Token).AsTask();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        gate.Open();
        await gate.EnterAsync(default);
    }
}
