using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Headrace.Client;

/// <summary>
/// Keeps leases in a DynamoDB table as version 2 of the Kinesis Client Library does: its workers and ours can share a table, or take it over
/// from one another. What an item has besides stays as it is.
/// </summary>
public sealed class DynamoDbLeaseStore : ILeaseStore
{
    private const string IsSame = $"{DynamoDbLeaseItem.Counter} = :counter AND {DynamoDbLeaseItem.Owner} = :owner";
    private const string IsSameUnowned = $"{DynamoDbLeaseItem.Counter} = :counter AND attribute_not_exists({DynamoDbLeaseItem.Owner})";
    private const string CountsUp = $"{DynamoDbLeaseItem.Counter} = :next";

    private readonly AmazonDynamoDBClient _dynamo;
    private readonly string _table;

    /// <summary>Keeps leases in a table, which is made where it is missing.</summary>
    /// <param name="table">The table; a Kinesis Client Library's is named after its application.</param>
    /// <param name="options">Where DynamoDB is, and as whom to connect.</param>
    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public DynamoDbLeaseStore(string table, ClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(options);
        _table = table;
        var endpoint = ClientEndpoint.Resolve("dynamodb", options);
        _dynamo = new AmazonDynamoDBClient(ClientEndpoint.ResolveCredentials(endpoint, options), new AmazonDynamoDBConfig
        {
            ServiceURL = endpoint.AbsoluteUri,
            AuthenticationRegion = ClientEndpoint.ResolveRegion(options),
            HttpClientFactory = new LeaseHttpClients(options),
        });
    }

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        await new DynamoDbLeaseTable(_dynamo, _table).OpenAsync(cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => GuardAsync<IReadOnlyList<Lease>>(async () =>
    {
        var leases = new List<Lease>();
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var page = await _dynamo.ScanAsync(new ScanRequest { TableName = _table, ExclusiveStartKey = from, ConsistentRead = true }, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                if (DynamoDbLeaseItem.Read(item) is { } lease)
                    leases.Add(lease);
            }
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
        return leases;
    });

    /// <inheritdoc/>
    public Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return GuardAsync(async () =>
        {
            try
            {
                await _dynamo.PutItemAsync(
                    new PutItemRequest { TableName = _table, Item = DynamoDbLeaseItem.Write(lease), ConditionExpression = $"attribute_not_exists({DynamoDbLeaseItem.Key})" }, cancellationToken);
                return true;
            }
            catch (ConditionalCheckFailedException)
            {
                return false;
            }
        });
    }

    /// <inheritdoc/>
    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        return UpdateAsync(held, $"SET {CountsUp}", [], LeaseTransition.Renewed(held, held), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        // checkpointOwner is version 3's, which removes it like this.
        return OwnAsync(seen, owner, $" REMOVE checkpointOwner, {DynamoDbLeaseItem.RequestedBy}", LeaseTransition.Taken(seen, seen, owner), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var request = new UpdateItemRequest
        {
            TableName = _table,
            Key = DynamoDbLeaseItem.KeyOf(seen.ShardId),
            UpdateExpression = $"SET {DynamoDbLeaseItem.RequestedBy} = :worker",
            ConditionExpression = $"{DynamoDbLeaseItem.Owner} = :owner",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":worker"] = new() { S = worker }, [":owner"] = new() { S = seen.Owner } },
            ReturnValues = ReturnValue.ALL_NEW,
        };
        return seen.Owner is null ? Task.FromResult<Lease?>(null) : GuardAsync(() => TryUpdateAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        var wanted = LeaseTransition.Released(held, held, successor);
        return successor is null
            ? UpdateAsync(held, $"SET {CountsUp} REMOVE {DynamoDbLeaseItem.Owner}, {DynamoDbLeaseItem.RequestedBy}", [], wanted, cancellationToken)
            : OwnAsync(held, successor, $" REMOVE {DynamoDbLeaseItem.RequestedBy}", wanted, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        var values = new Dictionary<string, AttributeValue>
        {
            [":checkpoint"] = new() { S = checkpoint.SequenceNumber },
            [":sub"] = DynamoDbLeaseItem.Number(checkpoint.SubSequenceNumber),
            [":none"] = DynamoDbLeaseItem.Number(0),
        };
        var update = $"SET {CountsUp}, {DynamoDbLeaseItem.Checkpoint} = :checkpoint, {DynamoDbLeaseItem.SubCheckpoint} = :sub, {DynamoDbLeaseItem.Switches} = :none";
        if (childShardIds is { Count: > 0 })
        {
            update += $", {DynamoDbLeaseItem.Children} = :children";
            values[":children"] = new AttributeValue { SS = [.. childShardIds] };
        }
        // A checkpoint that another library had prepared is overtaken by this one.
        update += " REMOVE pendingCheckpoint, pendingCheckpointSubSequenceNumber, pendingCheckpointState";
        return UpdateAsync(held, update, values, LeaseTransition.Checkpointed(held, held, checkpoint, childShardIds), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return GuardAsync(async () =>
        {
            try
            {
                await _dynamo.DeleteItemAsync(
                    new DeleteItemRequest
                    {
                        TableName = _table,
                        Key = DynamoDbLeaseItem.KeyOf(seen.ShardId),
                        ConditionExpression = seen.Owner is null ? IsSameUnowned : IsSame,
                        ExpressionAttributeValues = Known(seen),
                    }, cancellationToken);
                return true;
            }
            catch (ConditionalCheckFailedException)
            {
                return false;
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _dynamo.Dispose();

    private Task<Lease?> OwnAsync(Lease known, string owner, string further, Lease? wanted, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, AttributeValue> { [":new"] = new() { S = owner } };
        var update = $"SET {CountsUp}, {DynamoDbLeaseItem.Owner} = :new";
        if (wanted!.OwnerSwitchesSinceCheckpoint != known.OwnerSwitchesSinceCheckpoint)
        {
            further += $" ADD {DynamoDbLeaseItem.Switches} :one";
            values[":one"] = DynamoDbLeaseItem.Number(1);
        }
        return UpdateAsync(known, update + further, values, wanted, cancellationToken);
    }

    private Task<Lease?> UpdateAsync(Lease known, string update, Dictionary<string, AttributeValue> values, Lease? wanted, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        foreach (var (name, value) in Known(known))
            values[name] = value;
        values[":next"] = DynamoDbLeaseItem.Number(known.Counter + 1);
        var request = new UpdateItemRequest
        {
            TableName = _table,
            Key = DynamoDbLeaseItem.KeyOf(known.ShardId),
            UpdateExpression = update,
            ConditionExpression = known.Owner is null ? IsSameUnowned : IsSame,
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.ALL_NEW,
        };
        if (await TryUpdateAsync(request, cancellationToken) is { } changed)
            return changed;
        // The client repeats a call whose answer was lost; then it is its own first try that is in the way.
        var found = await _dynamo.GetItemAsync(new GetItemRequest { TableName = _table, Key = request.Key, ConsistentRead = true }, cancellationToken);
        return found.Item is { Count: > 0 } item && DynamoDbLeaseItem.Read(item) is { } current && wanted is not null && LeaseTransition.IsAlready(current, wanted) ? current : null;
    });

    private async Task<Lease?> TryUpdateAsync(UpdateItemRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return DynamoDbLeaseItem.Read((await _dynamo.UpdateItemAsync(request, cancellationToken)).Attributes);
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    private static Dictionary<string, AttributeValue> Known(Lease known)
    {
        var values = new Dictionary<string, AttributeValue> { [":counter"] = DynamoDbLeaseItem.Number(known.Counter) };
        if (known.Owner is { } owner)
            values[":owner"] = new AttributeValue { S = owner };
        return values;
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonDynamoDBException e)
        {
            var reason = string.IsNullOrEmpty(e.ErrorCode) ? string.Create(CultureInfo.InvariantCulture, $"the service answered {(int)e.StatusCode}") : $"{e.ErrorCode}: {e.Message}";
            throw new LeaseStoreException($"cannot keep leases in the DynamoDB table {_table} at {_dynamo.Config.ServiceURL}: {reason}", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or WebException)
        {
            throw new LeaseStoreException($"cannot keep leases in the DynamoDB table {_table} at {_dynamo.Config.ServiceURL}: {e.GetBaseException().Message}", e);
        }
    }
}
