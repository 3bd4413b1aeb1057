using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Headrace.Protocol;

namespace Headrace.Client;

/// <summary>Sends one attempt of a call, signed, and receives its answer. Thread-safe.</summary>
internal sealed class SignedHttp : IDisposable
{
    /// <summary>Addresses are looked up again now and then, so that a service may move.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpMessageInvoker _http;
    private readonly Uri _endpoint;
    private readonly string _service;
    private readonly string _targetPrefix;
    private readonly RegionEndpoint _region;
    private readonly AWSCredentials _credentials;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Version _version;

    /// <param name="service">The signing name.</param>
    /// <param name="targetPrefix">What precedes the operation in <c>X-Amz-Target</c>, without the dot.</param>
    /// <param name="endpoint">The service's address.</param>
    /// <param name="options">The client's.</param>
    /// <param name="handler">Stands in for the network in tests.</param>
    /// <param name="time">The clock.</param>
    public SignedHttp(string service, string targetPrefix, Uri endpoint, ClientOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        (_service, _targetPrefix, _endpoint, _time) = (service, targetPrefix, endpoint, time);
        var profile = new AwsProfile(options);
        _region = RegionEndpoint.GetBySystemName(profile.Region);
        _credentials = profile.Credentials(ClientEndpoint.IsAws(endpoint));
        _timeout = options.AttemptTimeout;
        _version = options.UseHttp2 ? HttpVersion.Version20 : HttpVersion.Version11;
        Clock = new ServiceClock(time);
        _http = new HttpMessageInvoker(handler ?? Network(options));
    }

    public ServiceClock Clock { get; }

    /// <summary>Sends an attempt; the answer's body is its receiver's to dispose.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="body">The request, which must stay as it is until the end.</param>
    /// <param name="invocation">The call that this is an attempt of.</param>
    /// <param name="headers">The body's format, and headers to send besides the usual ones; they learn the answer's. Null: JSON without any.</param>
    /// <param name="answerBytes">How long the answer will be, roughly.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KinesisException">The service refused or failed.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered, or not in time.</exception>
    public Task<PooledBuffer> SendAsync(
        string operation, ReadOnlyMemory<byte> body, Invocation invocation, CallHeaders? headers, int answerBytes, CancellationToken cancellationToken) =>
        ExchangeAsync(
            async either =>
            {
                using var request = await SignAsync(operation, body, headers?.Format ?? BodyFormat.Json, invocation, either);
                headers?.AddTo(request);
                using var response = await _http.SendAsync(request, either);
                headers?.ReadFrom(response);
                return await ReceiveAsync(response, answerBytes, either);
            },
            cancellationToken);

    /// <summary>
    /// Sends a call that is answered by a stream of events, over HTTP/2 where the server offers it with TLS; what comes behind the headers is
    /// the caller's, as is the response to dispose.
    /// </summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KinesisException">The service refused.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered, or not in time.</exception>
    public Task<HttpResponseMessage> OpenAsync(string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        ExchangeAsync(
            async either =>
            {
                using var request = await SignAsync(operation, body, BodyFormat.Json, new Invocation(), either);
                if (_endpoint.Scheme == Uri.UriSchemeHttps)
                    (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
                var response = await _http.SendAsync(request, either);
                if (response.StatusCode == HttpStatusCode.OK)
                    return response;
                using (response)
                    throw ServiceError.Read(response, await response.Content.ReadAsByteArrayAsync(either));
            },
            cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <summary>Has an exchange end within an attempt's time, and tells in one way of whatever keeps an answer away.</summary>
    private async Task<T> ExchangeAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await exchange(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EndpointUnreachableException(_endpoint, $"no answer within {_timeout.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new EndpointUnreachableException(_endpoint, e.GetBaseException().Message.ReplaceLineEndings(" "), e);
        }
    }

    private static async Task<PooledBuffer> ReceiveAsync(HttpResponseMessage response, int answerBytes, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer((int)Math.Min(response.Content.Headers.ContentLength + 1 ?? answerBytes, Array.MaxLength));
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(body.GetMemory(), cancellationToken) is var read and > 0)
                body.Advance(read);
            if (response.StatusCode != HttpStatusCode.OK)
                throw ServiceError.Read(response, body.WrittenMemory);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private SocketsHttpHandler Network(ClientOptions options) => new()
    {
        UseProxy = ClientEndpoint.IsAws(_endpoint),
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        EnableMultipleHttp2Connections = true,
        SslOptions = TrustedRoots.Of(options),
    };

    private async Task<HttpRequestMessage> SignAsync(
        string operation, ReadOnlyMemory<byte> body, BodyFormat format, Invocation invocation, CancellationToken cancellationToken)
    {
        var contentType = format.ContentType();
        var target = $"{_targetPrefix}.{operation}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var signing = new AWSSigningRequest { HttpMethod = HttpMethod.Post, RequestUri = _endpoint };
        signing.Headers["Content-Type"] = contentType;
        signing.Headers["X-Amz-Target"] = target;
        signing.Headers["X-Amz-Content-SHA256"] = hash;
        var signed = await AWSSigV4Signer.SignAsync(
            signing, new AWSSigV4Parameters { Credentials = _credentials, Region = _region, Service = _service, SignedAt = Clock.UtcNow }, cancellationToken);

        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.Add("X-Amz-Content-SHA256", hash);
        request.Headers.Add("amz-sdk-invocation-id", invocation.Id);
        request.Headers.Add("amz-sdk-request", invocation.NextAttempt());
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.Contains(name) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }
}
