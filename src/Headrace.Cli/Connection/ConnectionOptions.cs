using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>The options of every client command that say whom to talk to, and as whom.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _endpoint = new("--endpoint-url") { HelpName = "URL", Description = "The server [default: AWS_ENDPOINT_URL, else http://127.0.0.1:4566]" };
    private readonly Option<bool> _aws = new("--aws") { Description = "Talk to the real service" };
    private readonly Option<string?> _region = new("--region") { HelpName = "REGION", Description = "The region [default: from the standard AWS chain, else us-east-1]" };
    private readonly Option<string?> _profile = new("--profile") { HelpName = "NAME", Description = "Profile of the AWS configuration files" };

    private readonly Option<string?> _caBundle = new("--ca-bundle") { HelpName = "FILE", Description = "PEM file of the certificates to believe over TLS [default: AWS_CA_BUNDLE, else the system's]" };

    public void AddTo(Command command)
    {
        command.Add(_endpoint);
        command.Add(_aws);
        command.Add(_region);
        command.Add(_profile);
        command.Add(_caBundle);
    }

    /// <summary>What to connect to <paramref name="service"/> with (<c>kinesis</c>, <c>firehose</c>, <c>s3</c>, <c>sts</c>).</summary>
    /// <exception cref="UsageException">
    /// The endpoint is no http or https URL, here or in the environment, or is given together with <c>--aws</c>; or there is no such profile or CA bundle.
    /// </exception>
    public ClientOptions Of(ParseResult parsed, string service)
    {
        var endpoint = parsed.GetValue(_endpoint);
        var aws = parsed.GetValue(_aws);
        if (endpoint is not null && aws)
            throw new UsageException("--endpoint-url and --aws exclude each other");
        var options = new ClientOptions
        {
            EndpointUrl = endpoint is null ? null : Url(endpoint),
            Aws = aws,
            Region = parsed.GetValue(_region),
            Profile = parsed.GetValue(_profile),
            CaBundle = parsed.GetValue(_caBundle),
        };
        try
        {
            ClientEndpoint.Resolve(service, options);
            ClientEndpoint.ResolveRegion(options);
            TrustedRoots.Of(options);
        }
        catch (InvalidOperationException mistake)
        {
            throw new UsageException(mistake.Message.TrimEnd('.'));
        }
        return options;
    }

    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException($"--endpoint-url must be a URL such as http://127.0.0.1:4566, not '{text}'");
}
