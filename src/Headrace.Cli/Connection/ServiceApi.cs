using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>A service, and how its client is opened.</summary>
/// <param name="Name">What endpoints and signatures call it.</param>
/// <param name="Open">Opens a client, which the caller disposes.</param>
internal sealed record ServiceApi<TClient>(string Name, Func<ClientOptions, TClient> Open)
    where TClient : IDisposable;
