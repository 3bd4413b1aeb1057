using System.Text;
using Headrace.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headrace.Examples.HostedService;

/// <summary>Handles every record of a stream, and goes on behind the last handled one after a restart.</summary>
internal sealed partial class OrdersService(KinesisClient kinesis, ICheckpointStore checkpoints, ILogger<OrdersService> log) : BackgroundService
{
    private const int SaveEvery = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var handled = new Dictionary<string, string>(await checkpoints.LoadAsync(stoppingToken));
        var consumer = new Consumer(kinesis, "orders", new ConsumerOptions { Checkpoints = checkpoints, Deaggregate = true });
        var unsaved = 0;
        try
        {
            await foreach (var record in consumer.ReadAsync(stoppingToken))
            {
                Handled(record.ShardId, Encoding.UTF8.GetString(record.Data.Span));
                handled[record.ShardId] = record.Checkpoint;
                if (++unsaved < SaveEvery)
                    continue;
                await checkpoints.SaveAsync(handled, CancellationToken.None);
                unsaved = 0;
            }
        }
        finally
        {
            await checkpoints.SaveAsync(handled, CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Shard}: {Order}")]
    private partial void Handled(string shard, string order);
}
