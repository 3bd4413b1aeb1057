using System.Globalization;
using Headrace.Streams.Resources;
using Headrace.Streams.Traffic;

namespace Headrace.Streams.Consumers;

/// <summary>
/// One consumer registered with a stream, which may subscribe to its shards. Thread-safe: only the
/// <see cref="StreamCatalog"/> changes it.
/// </summary>
public sealed class StreamConsumer
{
    internal StreamConsumer(long id, DataStream stream, string name, DateTimeOffset createdAt)
    {
        Id = id;
        Stream = stream;
        Name = name;
        CreatedAt = createdAt;
        Traffic = stream.Traffic.NewConsumer();
        Arn = string.Create(CultureInfo.InvariantCulture, $"{stream.Arn}/consumer/{name}:{createdAt.ToUnixTimeSeconds()}");
    }

    /// <summary>The consumer's number in the control database; never used twice, and in the order of registration.</summary>
    public long Id { get; }

    public DataStream Stream { get; }

    public string Name { get; }

    /// <summary>Names the consumer together with the second of its registration, so that one registered anew has another.</summary>
    public string Arn { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>What is pushed to it.</summary>
    public ConsumerTraffic Traffic { get; }

    public ConsumerStatus Status { get; internal set; }

    /// <summary>Who else may use it; null: nobody was named.</summary>
    public ResourcePolicy? Policy { get; internal set; }

    internal StreamsException NotActive() => new(
        StreamsFault.ResourceInUse,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Consumer {Name} with creation timestamp {CreatedAt.ToUnixTimeSeconds()} under stream: {Stream.Name} , account {Stream.Scope.AccountId} is not in ACTIVE status."));
}
