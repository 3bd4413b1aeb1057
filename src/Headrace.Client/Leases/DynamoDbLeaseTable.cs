using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using TableInUseException = Amazon.DynamoDBv2.Model.ResourceInUseException;
using TableNotFoundException = Amazon.DynamoDBv2.Model.ResourceNotFoundException;

namespace Headrace.Client;

/// <summary>The lease table itself: makes it where it is missing, and looks whether workers that assign leases in another way have it.</summary>
internal sealed class DynamoDbLeaseTable(IAmazonDynamoDB dynamo, string table)
{
    // Version 3 of the Kinesis Client Library says here which way leases are assigned; since 3.5 in the lease table itself.
    private const string StateTableSuffix = "-CoordinatorState";
    private const string StateKey = "key";
    private const string Migration = "Migration3.0";
    private const string ClientVersion = "cv";
    private const string ThirdVersion = "CLIENT_VERSION_3X";

    private static readonly TimeSpan StatePoll = TimeSpan.FromMilliseconds(100);

    /// <exception cref="LeaseStoreException">Workers of version 3 have taken the table over for good.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(cancellationToken))
            await CreateAsync(cancellationToken);
        while (await StatusAsync(cancellationToken) is var status && status != TableStatus.ACTIVE && status != TableStatus.UPDATING)
            await Task.Delay(StatePoll, cancellationToken);
        await RefuseThirdVersionAsync(table + StateTableSuffix, StateKey, cancellationToken);
        await RefuseThirdVersionAsync(table, DynamoDbLeaseItem.Key, cancellationToken);
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StatusAsync(cancellationToken);
            return true;
        }
        catch (TableNotFoundException)
        {
            return false;
        }
    }

    private async Task<TableStatus> StatusAsync(CancellationToken cancellationToken) => (await dynamo.DescribeTableAsync(table, cancellationToken)).Table.TableStatus;

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await dynamo.CreateTableAsync(new CreateTableRequest
            {
                TableName = table,
                KeySchema = [new KeySchemaElement(DynamoDbLeaseItem.Key, KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition(DynamoDbLeaseItem.Key, ScalarAttributeType.S)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            }, cancellationToken);
        }
        catch (TableInUseException)
        {
            // Another worker made it at the same time.
        }
    }

    private async Task RefuseThirdVersionAsync(string stateTable, string key, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? state;
        try
        {
            var answer = await dynamo.GetItemAsync(
                new GetItemRequest { TableName = stateTable, Key = new Dictionary<string, AttributeValue> { [key] = new() { S = Migration } }, ConsistentRead = true }, cancellationToken);
            state = answer.Item;
        }
        catch (TableNotFoundException)
        {
            return;
        }
        if (state is not null && state.TryGetValue(ClientVersion, out var version) && version.S is { } found && found.StartsWith(ThirdVersion, StringComparison.Ordinal))
        {
            throw new LeaseStoreException(
                $"the lease table {table} belongs to workers of the Kinesis Client Library 3 ({found}), which assign leases in another way; roll them back to 2.x, or use a table of your own");
        }
    }
}
