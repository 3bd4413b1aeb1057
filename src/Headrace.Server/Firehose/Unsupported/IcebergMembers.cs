using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the destination that is tables of Apache Iceberg.</summary>
internal static class IcebergMembers
{
    private const int MaxText = 1024;

    public static void Read(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return;
        foreach (var table in given.Structures("DestinationTableConfigurationList") ?? [])
            ReadTable(table);
        given.Structure("SchemaEvolutionConfiguration")?.Boolean("Enabled", required: true);
        given.Structure("TableCreationConfiguration")?.Boolean("Enabled", required: true);
        SharedMembers.ReadHints(given, maxMegabytes: 128);
        SharedMembers.ReadProcessing(given);
        given.String("S3BackupMode", oneOf: ["AllData", "FailedDataOnly"]);
        SharedMembers.ReadRetries(given);
        SharedMembers.ReadRole(given, isRequired: !isUpdate);
        given.Boolean("AppendOnly");
        var catalog = given.Structure("CatalogConfiguration", required: !isUpdate);
        catalog?.String("CatalogARN", min: 1, max: 512, pattern: OtherPatterns.CatalogArn);
        catalog?.String("WarehouseLocation", min: 1, max: 2048, pattern: OtherPatterns.WarehouseLocation);
        // Unlike the others, an update of this one takes a whole bucket.
        S3DestinationMembers.Read(given.Structure("S3Configuration", required: !isUpdate), isUpdate: false, isExtended: false);
    }

    private static void ReadTable(MemberReader table)
    {
        table.String("DestinationTableName", required: true, min: 1, max: 255, pattern: OtherPatterns.TableName);
        table.String("DestinationDatabaseName", required: true, min: 1, max: 255, pattern: OtherPatterns.TableName);
        table.Strings("UniqueKeys", minLength: 1, maxLength: MaxText, pattern: FirehosePatterns.NoSpace);
        foreach (var field in table.Structure("PartitionSpec")?.Structures("Identity") ?? [])
            field.String("SourceName", required: true, min: 1, max: MaxText, pattern: FirehosePatterns.NoSpace);
        table.String("S3ErrorOutputPrefix", max: MaxText, pattern: FirehosePatterns.AnyLine);
    }
}
