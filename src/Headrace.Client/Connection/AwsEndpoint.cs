namespace Headrace.Client;

/// <summary>The real service's addresses: <c>kinesis.eu-west-1.amazonaws.com</c> and its variants.</summary>
internal static class AwsEndpoint
{
    private const string Suffix = "amazonaws.com";
    private const string ChineseSuffix = "amazonaws.com.cn";

    // Where IPv6 is spoken too, names are below api.aws; S3 keeps its old ones.
    private const string DualStackSuffix = "api.aws";
    private const string ChineseDualStackSuffix = "api.amazonwebservices.com.cn";

    private static readonly string[] Suffixes = ["." + Suffix, "." + ChineseSuffix, "." + DualStackSuffix, "." + ChineseDualStackSuffix];

    public static Uri Of(string service, string region, bool fips, bool dualStack)
    {
        var isChinese = region.StartsWith("cn-", StringComparison.Ordinal);
        var name = fips ? service + "-fips" : service;
        if (service == "s3" && dualStack)
            return new Uri($"https://{name}.dualstack.{region}.{(isChinese ? ChineseSuffix : Suffix)}");
        var suffix = (isChinese, dualStack) switch
        {
            (false, false) => Suffix,
            (true, false) => ChineseSuffix,
            (false, true) => DualStackSuffix,
            (true, true) => ChineseDualStackSuffix,
        };
        return new Uri($"https://{name}.{region}.{suffix}");
    }

    public static bool Is(Uri endpoint) => Array.Exists(Suffixes, suffix => endpoint.Host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
