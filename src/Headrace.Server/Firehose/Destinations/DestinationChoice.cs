using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Finds which one destination a request is about, and refuses those that there are not.</summary>
internal static class DestinationChoice
{
    private const string ExactlyOne = "Exactly one destination configuration is supported for a Firehose";

    private static readonly string[] Kinds = ["S3", "ExtendedS3", "HttpEndpoint", .. UnsupportedKinds];

    private static IEnumerable<string> UnsupportedKinds =>
        ["Redshift", "Elasticsearch", "Amazonopensearchservice", "Splunk", "AmazonOpenSearchServerless", "Snowflake", "Iceberg"];

    /// <summary>The destination that is given, by its member's name.</summary>
    /// <param name="members">The request.</param>
    /// <param name="suffix">What follows the kind in members' names.</param>
    /// <exception cref="WireException">InvalidArgumentException.</exception>
    public static string Of(MemberReader members, string suffix)
    {
        var given = Kinds.Select(kind => kind + suffix).Where(members.Has).ToList();
        return given.Count == 1 ? given[0] : throw S3DestinationMembers.Invalid(ExactlyOne);
    }

    /// <exception cref="WireException">InvalidArgumentException.</exception>
    public static void RefuseUnsupported(string member, string suffix)
    {
        if (UnsupportedKinds.Contains(member[..^suffix.Length]))
            throw S3DestinationMembers.NotSupported(member);
    }
}
