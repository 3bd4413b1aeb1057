using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace Headrace.Client;

/// <summary>
/// Sends signed AWS JSON 1.1 calls. Throttling and failures of the service are retried a few times; an unreachable endpoint is
/// told at once, since only the caller knows whether waiting makes sense.
/// </summary>
internal sealed partial class AwsJsonTransport : IDisposable
{
    private const int Attempts = 4;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _service;
    private readonly string _targetPrefix;
    private readonly string _region;
    private readonly AWSCredentials _credentials;

    /// <param name="service">The signing name and the first label of AWS's host name.</param>
    /// <param name="targetPrefix">What precedes the operation in <c>X-Amz-Target</c>, without the dot.</param>
    /// <param name="handler">Stands in for the network in tests.</param>
    public AwsJsonTransport(string service, string targetPrefix, ClientOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        _service = service;
        _targetPrefix = targetPrefix;
        Endpoint = ClientEndpoint.Resolve(service, options);
        Time = time;
        var profile = new AwsProfile(options);
        _region = profile.Region;
        _credentials = profile.Credentials(ClientEndpoint.IsAws(Endpoint));
        _http = new HttpClient(handler ?? Network(options)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Endpoint { get; }

    public TimeProvider Time { get; }

    /// <summary>Calls an operation; the body is what <paramref name="writeMembers"/> writes between the braces. Answers the JSON's bytes.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="writeMembers">Writes the request.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <param name="invocation">The call that this one goes on with, when its caller tries it again; null for a new one.</param>
    /// <param name="headers">Headers to send besides the usual ones; they learn those of the answer.</param>
    /// <exception cref="KinesisException">The service refused, or kept failing.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(
        string operation, Action<Utf8JsonWriter> writeMembers, CancellationToken cancellationToken, Invocation? invocation = null, CallHeaders? headers = null)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        invocation ??= new Invocation();
        var backoff = new Backoff(Time, FirstWait, LongestWait);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(operation, body.WrittenMemory, invocation, headers, cancellationToken);
            }
            catch (KinesisException e) when ((e.IsThrottling || e.IsTransient) && attempt < Attempts)
            {
                await backoff.WaitAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private SocketsHttpHandler Network(ClientOptions options) =>
        new() { UseProxy = ClientEndpoint.IsAws(Endpoint), UseCookies = false, AllowAutoRedirect = false, EnableMultipleHttp2Connections = true, SslOptions = TrustedRoots.Of(options) };

    private async Task<ReadOnlyMemory<byte>> SendAsync(
        string operation, ReadOnlyMemory<byte> body, Invocation invocation, CallHeaders? headers, CancellationToken cancellationToken)
    {
        using var request = await SignAsync(operation, body, invocation, cancellationToken);
        headers?.AddTo(request);
        using var timeout = new CancellationTokenSource(AnswerTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(either.Token);
            headers?.ReadFrom(response);
            return response.StatusCode == HttpStatusCode.OK ? answer : throw Error(response, answer);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EndpointUnreachableException(Endpoint, $"no answer within {AnswerTimeout.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var cause = e.GetBaseException();
            throw new EndpointUnreachableException(Endpoint, cause.Message.ReplaceLineEndings(" "), e);
        }
    }

    private async Task<HttpRequestMessage> SignAsync(string operation, ReadOnlyMemory<byte> body, Invocation invocation, CancellationToken cancellationToken)
    {
        const string contentType = "application/x-amz-json-1.1";
        var target = $"{_targetPrefix}.{operation}";
        var signing = new AWSSigningRequest { HttpMethod = HttpMethod.Post, RequestUri = Endpoint };
        signing.Headers["Content-Type"] = contentType;
        signing.Headers["X-Amz-Target"] = target;
        signing.Headers["X-Amz-Content-SHA256"] = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var signed = await AWSSigV4Signer.SignAsync(
            signing,
            new AWSSigV4Parameters { Credentials = _credentials, Region = RegionEndpoint.GetBySystemName(_region), Service = _service },
            cancellationToken);

        var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Version = HttpVersion.Version11, Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.Add("X-Amz-Content-SHA256", signing.Headers["X-Amz-Content-SHA256"]);
        request.Headers.Add("amz-sdk-invocation-id", invocation.Id);
        request.Headers.Add("amz-sdk-request", invocation.NextAttempt());
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.Contains(name) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private static KinesisException Error(HttpResponseMessage response, byte[] answer)
    {
        var requestId = response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.FirstOrDefault() : null;
        string? type = null, message = null;
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                type = document.RootElement.OptionalString("__type");
                message = document.RootElement.OptionalString("message") ?? document.RootElement.OptionalString("Message");
            }
        }
        catch (JsonException)
        {
            // A proxy's page or an empty body; the status tells what there is to tell.
        }
        // "com.amazonaws.kinesis#ResourceNotFoundException" and the bare name are both in use.
        type = type?[(type.LastIndexOf('#') + 1)..] ?? "HTTP" + (int)response.StatusCode;
        return new KinesisException(type, message ?? $"the service answered {(int)response.StatusCode} {response.ReasonPhrase}", response.StatusCode, requestId);
    }
}
