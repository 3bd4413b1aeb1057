using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the destinations that are search engines: domains of Elasticsearch and OpenSearch, and serverless collections.</summary>
internal static class SearchMembers
{
    private const int MaxMegabytes = 100;

    public static void ReadDomain(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return;
        SharedMembers.ReadRole(given, isRequired: !isUpdate);
        given.String("DomainARN", min: 1, max: 512, pattern: OtherPatterns.DomainArn);
        given.String("ClusterEndpoint", min: 1, max: 512, pattern: OtherPatterns.SearchEndpoint);
        given.String("TypeName", max: 100, pattern: FirehosePatterns.AnyLine);
        given.String("IndexRotationPeriod", oneOf: ["OneHour", "OneDay", "OneMonth", "OneWeek", "NoRotation"]);
        ReadCommon(given, isUpdate);
        given.Structure("DocumentIdOptions")?.String("DefaultDocumentIdFormat", required: true, oneOf: ["NO_DOCUMENT_ID", "FIREHOSE_DEFAULT"]);
    }

    public static void ReadServerless(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return;
        SharedMembers.ReadRole(given, isRequired: !isUpdate);
        given.String("CollectionEndpoint", min: 1, max: 512, pattern: OtherPatterns.SearchEndpoint);
        ReadCommon(given, isUpdate);
    }

    private static void ReadCommon(MemberReader given, bool isUpdate)
    {
        given.String("IndexName", required: !isUpdate, min: 1, max: 80, pattern: FirehosePatterns.AnyLine);
        SharedMembers.ReadHints(given, MaxMegabytes, isTimeFirst: true);
        SharedMembers.ReadRetries(given);
        SharedMembers.ReadBucket(given, isUpdate);
        SharedMembers.ReadProcessing(given);
        if (isUpdate)
            return;
        given.String("S3BackupMode", oneOf: ["FailedDocumentsOnly", "AllDocuments"]);
        if (given.Structure("VpcConfiguration") is not { } network)
            return;
        network.Strings("SubnetIds", required: true, min: 1, max: 16, minLength: 1, maxLength: 1024, pattern: FirehosePatterns.NoSpace);
        SharedMembers.ReadRole(network, isRequired: true);
        network.Strings("SecurityGroupIds", required: true, min: 1, max: 5, minLength: 1, maxLength: 1024, pattern: FirehosePatterns.NoSpace);
    }
}
