using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>Reads the destinations that aren't supported, for what is wrong with them: AWS tells that before anything else.</summary>
internal static class OtherDestinations
{
    /// <summary>Reads the members, collecting faults.</summary>
    /// <param name="members">The request.</param>
    /// <param name="isUpdate">True where nothing is required.</param>
    public static void Read(MemberReader members, bool isUpdate)
    {
        MemberReader? Given(string kind) => members.Structure(kind + (isUpdate ? "DestinationUpdate" : "DestinationConfiguration"), hidesValues: true);
        RedshiftMembers.Read(Given("Redshift"), isUpdate);
        SearchMembers.ReadDomain(Given("Elasticsearch"), isUpdate);
        SearchMembers.ReadDomain(Given("Amazonopensearchservice"), isUpdate);
        SearchMembers.ReadServerless(Given("AmazonOpenSearchServerless"), isUpdate);
        SplunkMembers.Read(Given("Splunk"), isUpdate);
        SnowflakeMembers.Read(Given("Snowflake"), isUpdate);
        IcebergMembers.Read(Given("Iceberg"), isUpdate);
    }
}
