namespace Headrace.Delivery.Tests;

/// <summary>Waits for a condition instead of sleeping.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<bool> condition, Action? meanwhile = null, int seconds = 30)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (!condition())
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline, "the condition did not come true in time");
            meanwhile?.Invoke();
            await Task.Delay(2);
        }
    }
}
