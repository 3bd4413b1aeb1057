using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace Headrace.Client;

/// <summary>What the environment and the shared AWS files say about region, endpoint, credentials and retries.</summary>
internal sealed class AwsProfile
{
    private const int StandardAttempts = 3;

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

    /// <summary>Null also where the profile's addresses are to be passed over.</summary>
    public Uri? EndpointUrl =>
        !IgnoresConfiguredEndpoints && _profile?.EndpointUrl is { Length: > 0 } url ? ParseUrl(url, $"endpoint_url of profile '{_name}'") : null;

    /// <summary>Whether addresses of the environment and the profile don't count.</summary>
    public bool IgnoresConfiguredEndpoints => Flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ?? _profile?.IgnoreConfiguredEndpointUrls ?? false;

    public bool UsesFips => _options.UseFipsEndpoint ?? Flag("AWS_USE_FIPS_ENDPOINT") ?? _profile?.UseFIPSEndpoint ?? false;

    public bool UsesDualStack => _options.UseDualStackEndpoint ?? Flag("AWS_USE_DUALSTACK_ENDPOINT") ?? _profile?.UseDualstackEndpoint ?? false;

    /// <summary>The variable is that of AWS's SDK for Java, where people set it to <c>true</c> or <c>1</c>.</summary>
    public bool MayUseCbor => _options.UseCbor ?? Variable("AWS_CBOR_DISABLE") is null or "0" or "false";

    /// <exception cref="InvalidOperationException">AWS_MAX_ATTEMPTS is no number of attempts, or AWS_RETRY_MODE no mode.</exception>
    public int MaxAttempts
    {
        get
        {
            // All modes come to the standard one here; a mistyped one is told all the same.
            if (Variable("AWS_RETRY_MODE") is { } mode && mode.ToUpperInvariant() is not ("STANDARD" or "ADAPTIVE" or "LEGACY"))
                throw new InvalidOperationException($"AWS_RETRY_MODE must be standard, adaptive or legacy, not '{mode}'");
            if (_options.MaxAttempts is { } given)
                return given >= 1 ? given : throw new InvalidOperationException($"MaxAttempts must be at least 1, not {given}");
            if (Variable("AWS_MAX_ATTEMPTS") is not { } text)
                return _profile?.MaxAttempts ?? StandardAttempts;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) && attempts >= 1
                ? attempts
                : throw new InvalidOperationException($"AWS_MAX_ATTEMPTS must be a number of at least 1, not '{text}'");
        }
    }

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

    private static bool? Flag(string name) => Variable(name) switch
    {
        null => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new InvalidOperationException($"{name} must be true or false, not '{text}'"),
    };
}
