using Headrace.Delivery.Destinations;
using Headrace.Delivery.Programs;
using Headrace.Files;
using Headrace.ShardLog;

namespace Headrace.Delivery;

/// <summary>How delivery streams are kept. Immutable.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Where the logs of DirectPut delivery streams live.</summary>
    public required string Directory { get; init; }

    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>How long CREATING and DELETING last.</summary>
    public TimeSpan StateDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether channels are held to AWS's limits.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>Bytes that all buffers together may hold; beyond it buffers are delivered before they are full.</summary>
    public long BufferMemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Partitions of one delivery stream that may have undelivered records; records of further ones go to the error prefix.</summary>
    public int MaxActivePartitions { get; init; } = 500;

    /// <summary>Where the logs keep frames in memory for readers.</summary>
    public LogMemory LogMemory { get; init; } = new(LogMemory.DefaultBytes);

    /// <summary>Where functions are invoked that process records: an endpoint with Lambda's Invoke API; null for none.</summary>
    public Uri? LambdaEndpoint { get; init; }

    /// <summary>Signs an invocation of a function, given its ARN and the payload; null where they go unsigned.</summary>
    public Func<HttpRequestMessage, string, ReadOnlyMemory<byte>, CancellationToken, Task>? SignInvocation { get; init; }

    /// <summary>The programs that Exec processors may name, and how each is started.</summary>
    public IReadOnlyDictionary<string, Func<IRecordProgram>> Programs { get; init; } = new Dictionary<string, Func<IRecordProgram>>();

    /// <summary>How long a function may take.</summary>
    public TimeSpan LambdaTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a web service may take to answer a request.</summary>
    public TimeSpan EndpointTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Other services' buckets, by the names that stand for AWS in their ARNs; one called <c>aws</c> takes the place of this server's own.</summary>
    public IReadOnlyDictionary<string, IObjectStore> Stores { get; init; } = new Dictionary<string, IObjectStore>();

    public IDisk Disk { get; init; } = LocalDisk.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
