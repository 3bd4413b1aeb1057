using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>npm's dynalite as a process of its own, with a lease table that is read as any client of DynamoDB reads it.</summary>
internal sealed class LeaseTable : IAsyncDisposable
{
    public const string Name = "billing";

    private readonly RunningProcess _process;
    private readonly AmazonDynamoDBClient _dynamo;

    private LeaseTable(RunningProcess process, string url)
    {
        _process = process;
        Url = url;
        _dynamo = new AmazonDynamoDBClient(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = CleanEnvironment.Region });
    }

    /// <summary>Where DynamoDB listens.</summary>
    public string Url { get; }

    public static async Task<LeaseTable> StartAsync()
    {
        var start = new ProcessStartInfo(Tool.Node, [Path.Combine(Tool.Scripts, "dynalite.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = RunningProcess.Start(start);
        await Deadline.UntilAsync(() => process.Output.EndsWith('\n') || process.HasEnded, "dynalite listens");
        return new LeaseTable(process, process.Output.Trim());
    }

    /// <summary>The leases that are still to be read; none while there is no table.</summary>
    public async Task<List<TableLease>> OpenLeasesAsync() => [.. (await LeasesAsync()).Where(lease => lease.Checkpoint != "SHARD_END")];

    /// <summary>All leases.</summary>
    public async Task<List<TableLease>> LeasesAsync()
    {
        try
        {
            var page = await _dynamo.ScanAsync(new ScanRequest { TableName = Name, ConsistentRead = true });
            return [.. page.Items.Select(item => new TableLease(item["leaseKey"].S, item.TryGetValue("leaseOwner", out var owner) ? owner.S : null, item["checkpoint"].S))];
        }
        catch (ResourceNotFoundException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _dynamo.Dispose();
        await _process.DisposeAsync();
    }
}
