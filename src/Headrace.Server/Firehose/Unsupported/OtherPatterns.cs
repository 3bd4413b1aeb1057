using System.Text.RegularExpressions;

namespace Headrace.Server.Firehose.Unsupported;

/// <summary>The patterns of members of what isn't supported, anchored as AWS applies them.</summary>
internal static partial class OtherPatterns
{
    public static readonly Regex JdbcUrl = JdbcUrlExpression();
    public static readonly Regex DomainArn = DomainArnExpression();
    public static readonly Regex SearchEndpoint = SearchEndpointExpression();
    public static readonly Regex SnowflakeUrl = SnowflakeUrlExpression();
    public static readonly Regex PrivateKey = PrivateKeyExpression();
    public static readonly Regex VpcEndpoint = VpcEndpointExpression();
    public static readonly Regex TableName = TableNameExpression();
    public static readonly Regex CatalogArn = CatalogArnExpression();
    public static readonly Regex WarehouseLocation = WarehouseLocationExpression();
    public static readonly Regex ClusterArn = ClusterArnExpression();
    public static readonly Regex TopicName = TopicNameExpression();
    public static readonly Regex AnyText = AnyTextExpression();

    [GeneratedRegex(@"\A(?:jdbc:(redshift|postgresql)://((?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+(redshift(-serverless)?)\.([a-zA-Z0-9\.\-]+):\d{1,5}/[a-zA-Z0-9_$-]+)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex JdbcUrlExpression();

    [GeneratedRegex(@"\A(?:arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27})\z", RegexOptions.ECMAScript)]
    private static partial Regex DomainArnExpression();

    [GeneratedRegex(@"\A(?:https:.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SearchEndpointExpression();

    [GeneratedRegex(@"\A(?:.+?\.snowflakecomputing\.com)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SnowflakeUrlExpression();

    [GeneratedRegex(@"\A(?:^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKeyExpression();

    [GeneratedRegex(@"\A(?:([a-zA-Z0-9\-\_]+\.){2,3}vpce\.[a-zA-Z0-9\-]*\.vpce-svc\-[a-zA-Z0-9\-]{17}$)\z", RegexOptions.ECMAScript)]
    private static partial Regex VpcEndpointExpression();

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9\.\_]+)\z", RegexOptions.ECMAScript)]
    private static partial Regex TableNameExpression();

    [GeneratedRegex(@"\A(?:arn:.*:glue:.*:\d{12}:catalog(?:(/[a-z0-9_-]+){1,2})?)\z", RegexOptions.ECMAScript)]
    private static partial Regex CatalogArnExpression();

    [GeneratedRegex(@"\A(?:s3:\/\/.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex WarehouseLocationExpression();

    [GeneratedRegex(@"\A(?:arn:.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClusterArnExpression();

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9\\._\\-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TopicNameExpression();

    [GeneratedRegex(@"\A(?:[\u0001-\uFFFF]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnyTextExpression();
}
