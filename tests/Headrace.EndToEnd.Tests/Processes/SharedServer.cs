namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>One server for all tests of a class that neither stop it nor mind each other's streams.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
