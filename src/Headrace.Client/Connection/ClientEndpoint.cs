using Amazon.Runtime;

namespace Headrace.Client;

/// <summary>Decides where a client connects.</summary>
public static class ClientEndpoint
{
    private static readonly Uri Local = new("http://127.0.0.1:4566");

    /// <summary>
    /// The address of <c>kinesis</c>, <c>firehose</c>, <c>s3</c> or <c>sts</c>: the options' own, the real service if they ask
    /// for it, <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, <c>AWS_ENDPOINT_URL</c>, the profile's <c>endpoint_url</c>, and otherwise
    /// <c>http://127.0.0.1:4566</c>. <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> has the variables and the profile passed over.
    /// </summary>
    /// <exception cref="InvalidOperationException">A variable or the profile holds no URL, or the profile does not exist.</exception>
    public static Uri Resolve(string service, ClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentNullException.ThrowIfNull(options);
        if (options.EndpointUrl is { } given)
            return given;
        var profile = new AwsProfile(options);
        if (options.Aws)
            return AwsEndpoint.Of(service, profile.Region, profile.UsesFips, profile.UsesDualStack);
        if (profile.IgnoresConfiguredEndpoints)
            return Local;
        foreach (var variable in new[] { "AWS_ENDPOINT_URL_" + service.ToUpperInvariant(), "AWS_ENDPOINT_URL" })
        {
            if (AwsProfile.Variable(variable) is { } url)
                return AwsProfile.ParseUrl(url, variable);
        }
        return profile.EndpointUrl ?? Local;
    }

    /// <summary>The region to sign for: the options', <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, the profile's, otherwise <c>us-east-1</c>.</summary>
    public static string ResolveRegion(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AwsProfile(options).Region;
    }

    /// <summary>
    /// The credentials to sign with: the environment's or the profile's; for the real service the whole standard chain, and for
    /// any other endpoint <c>test</c>/<c>test</c> where there are none.
    /// </summary>
    public static AWSCredentials ResolveCredentials(Uri endpoint, ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AwsProfile(options).Credentials(IsAws(endpoint));
    }

    /// <summary>Whether an address belongs to the real service.</summary>
    public static bool IsAws(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return AwsEndpoint.Is(endpoint);
    }
}
