namespace Headrace.Client.Firehose;

/// <summary>Why something failed.</summary>
public sealed record FailureDescription
{
    /// <summary>What kind of failure: <c>VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND</c>, <c>VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED</c>, <c>RETIRE_KMS_GRANT_FAILED</c>, <c>CREATE_KMS_GRANT_FAILED</c>, <c>KMS_ACCESS_DENIED</c>, <c>DISABLED_KMS_KEY</c>, <c>INVALID_KMS_KEY</c>, <c>KMS_KEY_NOT_FOUND</c>, <c>KMS_OPT_IN_REQUIRED</c>, <c>CREATE_ENI_FAILED</c>, <c>DELETE_ENI_FAILED</c>, <c>SUBNET_NOT_FOUND</c>, <c>SECURITY_GROUP_NOT_FOUND</c>, <c>ENI_ACCESS_DENIED</c>, <c>SUBNET_ACCESS_DENIED</c>, <c>SECURITY_GROUP_ACCESS_DENIED</c> or <c>UNKNOWN_ERROR</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What happened.</summary>
    public required string Details { get; init; }
}
