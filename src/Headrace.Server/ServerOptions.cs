using System.Net;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Programs;
using Headrace.Server.Faults;
using Headrace.Server.Hosting;
using Headrace.ShardLog;

namespace Headrace.Server;

/// <summary>How a server runs. Immutable; checked whole by <see cref="Validate"/> before anything is started.</summary>
public sealed record ServerOptions
{
    /// <summary>Where everything durable lives; created when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The one address that serves everything; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 4566);

    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>The account of callers whose access key id is not itself an account id.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>Shards an account may have open at once, over all its streams.</summary>
    public int ShardLimit { get; init; } = 10_000;

    /// <summary>Whether calls, streams and shards are held to AWS's limits.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>How long CREATING, UPDATING and DELETING last.</summary>
    public TimeSpan StateDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Access key ids and their secrets; when there are any, every request must be signed with one of them.</summary>
    public IReadOnlyDictionary<string, string> AccessKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>The PEM file of the certificate that TLS shows, with those that lead to its root behind it; null: there is no TLS.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>The PEM file of the certificate's private key.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>Where Firehose's Lambda processors invoke their functions: an endpoint with Lambda's Invoke API, such as SAM local; null for none.</summary>
    public Uri? LambdaEndpoint { get; init; }

    /// <summary>Other services' buckets that Firehose and channels may deliver to, by the names that stand for AWS in their ARNs.</summary>
    public IReadOnlyDictionary<string, IObjectStore> Stores { get; init; } = new Dictionary<string, IObjectStore>();

    /// <summary>Signs an invocation of a function, given its ARN and the payload; null where they go unsigned.</summary>
    public Func<HttpRequestMessage, string, ReadOnlyMemory<byte>, CancellationToken, Task>? SignInvocation { get; init; }

    /// <summary>The programs that Firehose's Exec processors may name, and how each is started.</summary>
    public IReadOnlyDictionary<string, Func<IRecordProgram>> Programs { get; init; } = new Dictionary<string, Func<IRecordProgram>>();

    /// <summary>Failures to rehearse.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Another run with the same rules and seed draws the same failures.</summary>
    public int FaultSeed { get; init; }

    /// <exception cref="ArgumentException">An option is out of its bounds, or listening there would be unsafe; the message says why.</exception>
    public void Validate()
    {
        if (AccountId.Length != 12 || !AccountId.All(char.IsAsciiDigit))
            throw new ArgumentException($"An account id has 12 digits: '{AccountId}' does not.");
        if (ShardLimit < 1)
            throw new ArgumentException($"The shard limit must be at least 1, not {ShardLimit}.");
        if (StateDelay < TimeSpan.Zero || StateDelay > TimeSpan.FromMinutes(10))
            throw new ArgumentException($"The state delay must lie between 0 and 10 minutes, not at {StateDelay}.");
        if (TlsCertificateFile is null != TlsKeyFile is null)
            throw new ArgumentException("TLS needs both a certificate and its key.");
        LoadTlsIdentity()?.Dispose();
        if (!IPAddress.IsLoopback(Listen.Address) && AccessKeys.Count == 0)
        {
            throw new ArgumentException(
                $"Refusing to listen on {Listen}: beyond loopback anybody could read and delete everything. Configure access keys, or listen on 127.0.0.1.");
        }
    }

    /// <exception cref="ArgumentException">There are no such files.</exception>
    internal TlsIdentity? LoadTlsIdentity() => TlsCertificateFile is { } certificate && TlsKeyFile is { } key ? TlsIdentity.Load(certificate, key) : null;
}
