using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>Registers a group's consumer, so that its workers can have records pushed. The consumer stays when they stop.</summary>
internal static class PushRegistration
{
    private static readonly TimeSpan StatePoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AwsStatePoll = TimeSpan.FromSeconds(1);

    /// <summary>The consumer's ARN; null: the records are polled, as the options want it or since nothing else is to be had.</summary>
    public static async Task<string?> OpenAsync(KinesisClient client, string stream, WorkerOptions options, ILogger log, CancellationToken cancellationToken)
    {
        // Where there is an end there is little to wait for, which is what pushing is good at.
        if (options.ConsumerName is not { } name || !options.Follow || !IsWanted(options.Retrieval, client.Endpoint))
            return null;
        try
        {
            var arn = (await client.DescribeStreamSummaryAsync(stream, cancellationToken)).Arn;
            var consumer = await RegisterAsync(client, arn, name, cancellationToken);
            while (consumer.Status != "ACTIVE")
            {
                await Task.Delay(ClientEndpoint.IsAws(client.Endpoint) ? AwsStatePoll : StatePoll, client.Time, cancellationToken);
                consumer = await client.DescribeStreamConsumerAsync(arn, name, cancellationToken);
            }
            return consumer.Arn;
        }
        catch (KinesisException e) when (e.ErrorType == "UnknownOperationException" && options.Retrieval == RetrievalMode.Automatic)
        {
            WorkerLog.PushNotOffered(log);
        }
        // A stream that is not there is not a reason to poll it.
        catch (KinesisException e) when (e.ErrorType != "ResourceNotFoundException")
        {
            WorkerLog.PushUnavailable(log, e.ErrorType, e.Message);
        }
        return null;
    }

    private static bool IsWanted(RetrievalMode mode, Uri endpoint) =>
        mode == RetrievalMode.FanOut || (mode == RetrievalMode.Automatic && !ClientEndpoint.IsAws(endpoint));

    private static async Task<StreamConsumer> RegisterAsync(KinesisClient client, string arn, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.RegisterStreamConsumerAsync(arn, name, cancellationToken);
        }
        catch (KinesisException e) when (e.ErrorType == "ResourceInUseException")
        {
            // Another worker of the group was here before.
            return await client.DescribeStreamConsumerAsync(arn, name, cancellationToken);
        }
    }
}
