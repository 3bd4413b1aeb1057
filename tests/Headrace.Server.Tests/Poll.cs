namespace Headrace.Server.Tests;

/// <summary>Waits for a condition instead of sleeping.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<Task<bool>> condition, int seconds = 30)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (!await condition())
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline, "the condition did not come true in time");
            await Task.Delay(5);
        }
    }
}
