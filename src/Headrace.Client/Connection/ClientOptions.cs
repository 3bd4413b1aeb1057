using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>Where a client connects, as whom and how; what is left null comes from the standard AWS environment and profile.</summary>
public sealed record ClientOptions
{
    /// <summary>The service's address; wins over everything else.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Talk to the real service. Without it nobody reaches a real account by accident.</summary>
    public bool Aws { get; init; }

    /// <summary>The region to sign for; null stands for <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, the profile's, and then <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>A profile of the shared AWS files; null stands for <c>AWS_PROFILE</c>, and without that <c>default</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>A PEM file of the certificates to believe over TLS, instead of the system's; null stands for <c>AWS_CA_BUNDLE</c>.</summary>
    public string? CaBundle { get; init; }

    /// <summary>Use the real service's FIPS endpoints; null stands for <c>AWS_USE_FIPS_ENDPOINT</c> and the profile's <c>use_fips_endpoint</c>.</summary>
    public bool? UseFipsEndpoint { get; init; }

    /// <summary>Use the real service's endpoints for IPv4 and IPv6; null stands for <c>AWS_USE_DUALSTACK_ENDPOINT</c> and the profile's <c>use_dualstack_endpoint</c>.</summary>
    public bool? UseDualStackEndpoint { get; init; }

    /// <summary>Speak HTTP/2: over TLS as agreed with the server, in cleartext as Headrace takes it. Otherwise HTTP/1.1, over several connections.</summary>
    public bool UseHttp2 { get; init; }

    /// <summary>
    /// Put records in CBOR, as AWS's SDK for Java does: a quarter shorter than JSON. A service that does not know it is talked to in JSON all the same. Null
    /// stands for true, unless <c>AWS_CBOR_DISABLE</c> is set.
    /// </summary>
    public bool? UseCbor { get; init; }

    /// <summary>How long an attempt may take, answer and all.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts of a call, the first one included; null stands for <c>AWS_MAX_ATTEMPTS</c>, the profile's <c>max_attempts</c>, and then 3.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>
    /// What the first wait between two attempts is at most; it doubles with each further one. Null stands for a second where the
    /// real service answers, as AWS's SDKs have it, and for 50 ms elsewhere: one server is back sooner than a fleet.
    /// </summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Where the client logs retries, corrected clocks and what was given up; null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
