using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace Headrace.Client;

/// <summary>What the environment and the shared AWS files say about region, endpoint and credentials.</summary>
internal sealed class AwsProfile
{
    private readonly ClientOptions _options;
    private readonly string _name;
    private readonly CredentialProfile? _profile;

    /// <exception cref="InvalidOperationException">The options name a profile that does not exist.</exception>
    public AwsProfile(ClientOptions options)
    {
        _options = options;
        _name = options.Profile ?? Variable("AWS_PROFILE") ?? "default";
        if (!new CredentialProfileStoreChain().TryGetProfile(_name, out _profile) && options.Profile is not null)
            throw new InvalidOperationException($"there is no AWS profile '{options.Profile}'");
    }

    public string Region =>
        _options.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? _profile?.Region?.SystemName ?? "us-east-1";

    public Uri? EndpointUrl => _profile?.EndpointUrl is { Length: > 0 } url ? ParseUrl(url, $"endpoint_url of profile '{_name}'") : null;

    /// <summary>
    /// The credentials to sign with. Only the real service goes through the whole chain, which may ask the machine's metadata
    /// service; any other endpoint falls back to <c>test</c>/<c>test</c> at once.
    /// </summary>
    public AWSCredentials Credentials(bool isAws)
    {
        if (_options.Profile is null && Variable("AWS_ACCESS_KEY_ID") is { } id && Variable("AWS_SECRET_ACCESS_KEY") is { } secret)
        {
            return Variable("AWS_SESSION_TOKEN") is { } token
                ? new SessionAWSCredentials(id, secret, token)
                : new BasicAWSCredentials(id, secret);
        }
        if (new CredentialProfileStoreChain().TryGetAWSCredentials(_name, out var credentials))
            return credentials;
        return isAws ? DefaultAWSCredentialsIdentityResolver.GetCredentials(null) : new BasicAWSCredentials("test", "test");
    }

    internal static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    internal static Uri ParseUrl(string text, string where) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InvalidOperationException($"{where} must be a URL such as http://127.0.0.1:4566, not '{text}'");
}
