using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the destination that is a data warehouse of Redshift.</summary>
internal static class RedshiftMembers
{
    private const int MaxOptions = 10_240;

    public static void Read(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return;
        SharedMembers.ReadRole(given, isRequired: !isUpdate);
        given.String("ClusterJDBCURL", required: !isUpdate, min: 1, max: 512, pattern: OtherPatterns.JdbcUrl);
        var copy = given.Structure("CopyCommand", required: !isUpdate);
        copy?.String("DataTableName", required: true, min: 1, max: 512, pattern: FirehosePatterns.AnyLine);
        copy?.String("DataTableColumns", max: MaxOptions, pattern: FirehosePatterns.AnyLine);
        copy?.String("CopyOptions", max: MaxOptions, pattern: FirehosePatterns.AnyLine);
        given.String("Username", min: 1, max: 512, pattern: FirehosePatterns.AnyLine);
        given.String("Password", min: 6, max: 512, pattern: FirehosePatterns.AnyLine);
        SharedMembers.ReadRetries(given);
        SharedMembers.ReadBucket(given, isUpdate);
        SharedMembers.ReadProcessing(given);
        given.String("S3BackupMode", oneOf: S3DestinationMembers.BackupModes);
        S3DestinationMembers.Read(given.Structure(isUpdate ? "S3BackupUpdate" : "S3BackupConfiguration"), isUpdate, isExtended: false);
        SecretMembers.Read(given);
    }
}
