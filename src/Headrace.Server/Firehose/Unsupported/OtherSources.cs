using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the sources that aren't supported, for what is wrong with them.</summary>
internal static class OtherSources
{
    private const int MaxTable = 129;
    private const int MaxColumn = 194;

    public static void Read(MemberReader members)
    {
        if (members.Structure("MSKSourceConfiguration") is { } topic)
            ReadTopic(topic);
        if (members.Structure("DatabaseSourceConfiguration") is { } database)
            ReadDatabase(database);
    }

    private static void ReadTopic(MemberReader topic)
    {
        topic.String("MSKClusterARN", required: true, min: 1, max: 512, pattern: OtherPatterns.ClusterArn);
        topic.String("TopicName", required: true, min: 1, max: 255, pattern: OtherPatterns.TopicName);
        var authentication = topic.Structure("AuthenticationConfiguration", required: true);
        authentication?.String("RoleARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.RoleArn);
        authentication?.String("Connectivity", required: true, oneOf: ["PRIVATE", "PUBLIC"]);
        topic.Timestamp("ReadFromTimestamp");
    }

    private static void ReadDatabase(MemberReader database)
    {
        database.String("Type", required: true, oneOf: ["MySQL", "PostgreSQL"]);
        database.String("Endpoint", required: true, min: 1, max: 255, pattern: FirehosePatterns.NotBlank);
        database.Integer("Port", required: true, min: 0, max: 65_535);
        database.String("SSLMode", oneOf: S3DestinationMembers.BackupModes);
        ReadChoice(database.Structure("Databases", required: true), maxLength: 64);
        ReadChoice(database.Structure("Tables", required: true), MaxTable);
        ReadChoice(database.Structure("Columns"), MaxColumn);
        database.Strings("SurrogateKeys", minLength: 1, maxLength: 1024, pattern: FirehosePatterns.NoSpace);
        database.String("SnapshotWatermarkTable", required: true, min: 1, max: MaxTable, pattern: OtherPatterns.AnyText);
        if (database.Structure("DatabaseSourceAuthenticationConfiguration", required: true) is { } authentication && !SecretMembers.Read(authentication))
            authentication.Structure("SecretsManagerConfiguration", required: true);
        database.Structure("DatabaseSourceVPCConfiguration", required: true)?
            .String("VpcEndpointServiceName", required: true, min: 47, max: 255, pattern: OtherPatterns.VpcEndpoint);
    }

    private static void ReadChoice(MemberReader? choice, int maxLength)
    {
        choice?.Strings("Include", minLength: 1, maxLength: maxLength, pattern: OtherPatterns.AnyText);
        choice?.Strings("Exclude", minLength: 1, maxLength: maxLength, pattern: OtherPatterns.AnyText);
    }
}
