namespace Headrace.Client;

/// <summary>Where a client connects and as whom; what is left null comes from the standard AWS environment and profile.</summary>
public sealed record ClientOptions
{
    /// <summary>The service's address; wins over everything else.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Talk to the real service. Without it nobody reaches a real account by accident.</summary>
    public bool Aws { get; init; }

    public string? Region { get; init; }

    /// <summary>A profile of the shared AWS files; null stands for <c>AWS_PROFILE</c>, and without that <c>default</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>A PEM file of the certificates to believe over TLS, instead of the system's; null stands for <c>AWS_CA_BUNDLE</c>.</summary>
    public string? CaBundle { get; init; }
}
