namespace Headrace.Client;

/// <summary>A change that a host makes to the client's options.</summary>
internal sealed record ClientOptionsChange(Func<ClientOptions, ClientOptions> Apply);
