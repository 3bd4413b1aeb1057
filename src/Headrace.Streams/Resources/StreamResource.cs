using Headrace.Streams.Consumers;

namespace Headrace.Streams.Resources;

/// <summary>What may have tags and a policy: a stream, or a consumer registered with one.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Consumer">The consumer; null for the stream itself.</param>
public readonly record struct StreamResource(DataStream Stream, StreamConsumer? Consumer = null)
{
    public string Arn => Consumer?.Arn ?? Stream.Arn;

    /// <summary>The policy that it has; null: none.</summary>
    public ResourcePolicy? Policy
    {
        get => Consumer is null ? Stream.Policy : Consumer.Policy;
        internal set
        {
            if (Consumer is null)
                Stream.Policy = value;
            else
                Consumer.Policy = value;
        }
    }

    /// <summary>How messages call it, such as <c>stream NAME</c>.</summary>
    internal string Shown => Consumer is null ? $"stream {Stream.Name}" : $"consumer {Consumer.Name}";

    /// <exception cref="StreamsException">ResourceInUse: it is being created or deleted.</exception>
    internal void RequireActive()
    {
        Stream.RequireServing();
        if (Consumer is { Status: not ConsumerStatus.Active })
            throw Consumer.NotActive();
    }
}
