namespace Headrace.Client;

/// <summary>Opens lease stores by what a user writes: <c>file:PATH</c>, <c>s3://BUCKET/PREFIX</c> or <c>dynamodb:TABLE</c>.</summary>
public static class LeaseStoreAddress
{
    private const string File = "file:";
    private const string S3 = "s3://";
    private const string DynamoDb = "dynamodb:";

    /// <summary>Opens a store; the caller disposes it.</summary>
    /// <param name="address">Where.</param>
    /// <param name="options">
    /// As whom to connect to S3 or DynamoDB. An endpoint that they name is taken for S3, which a Headrace server offers beside Kinesis; for
    /// DynamoDB, which it does not, only <c>AWS_ENDPOINT_URL_DYNAMODB</c>, <c>AWS_ENDPOINT_URL</c> and the profile name another than AWS's.
    /// </param>
    /// <exception cref="FormatException">The address is none of these.</exception>
    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public static ILeaseStore Open(string address, ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        if (After(address, File) is { } path)
            return new FileLeaseStore(path);
        if (After(address, DynamoDb) is { } table)
            return new DynamoDbLeaseStore(table, options with { EndpointUrl = null });
        if (After(address, S3)?.Split('/', 2) is { } parts && parts[0].Length > 0)
            return new S3LeaseStore(parts[0], parts.Length > 1 ? parts[1] : "", options);
        throw new FormatException($"'{address}' is no place for leases: use file:PATH, s3://BUCKET/PREFIX or dynamodb:TABLE");
    }

    private static string? After(string address, string scheme) =>
        address.Length > scheme.Length && address.StartsWith(scheme, StringComparison.Ordinal) ? address[scheme.Length..] : null;
}
