using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the destination that is a table of Snowflake.</summary>
internal static class SnowflakeMembers
{
    private const int MaxName = 255;

    public static void Read(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return;
        given.String("AccountUrl", required: !isUpdate, min: 24, max: 2048, pattern: OtherPatterns.SnowflakeUrl);
        given.String("PrivateKey", min: 256, max: 4096, pattern: OtherPatterns.PrivateKey);
        given.String("KeyPassphrase", min: 7, max: MaxName);
        given.String("User", min: 1, max: MaxName);
        given.String("Database", required: !isUpdate, min: 1, max: MaxName);
        given.String("Schema", required: !isUpdate, min: 1, max: MaxName);
        given.String("Table", required: !isUpdate, min: 1, max: MaxName);
        var role = given.Structure("SnowflakeRoleConfiguration");
        role?.Boolean("Enabled");
        role?.String("SnowflakeRole", min: 1, max: MaxName);
        given.String("DataLoadingOption", oneOf: ["VARIANT_CONTENT_AND_METADATA_MAPPING", "VARIANT_CONTENT_MAPPING", "JSON_MAPPING"]);
        given.String("MetaDataColumnName", min: 1, max: MaxName);
        given.String("ContentColumnName", min: 1, max: MaxName);
        if (!isUpdate)
            given.Structure("SnowflakeVpcConfiguration")?.String("PrivateLinkVpceId", required: true, min: 47, max: MaxName, pattern: OtherPatterns.VpcEndpoint);
        SharedMembers.ReadProcessing(given);
        SharedMembers.ReadRole(given, isRequired: !isUpdate);
        SharedMembers.ReadRetries(given);
        given.String("S3BackupMode", oneOf: ["AllData", "FailedDataOnly"]);
        SharedMembers.ReadBucket(given, isUpdate);
        SecretMembers.Read(given);
        SharedMembers.ReadHints(given, maxMegabytes: 128);
    }
}
