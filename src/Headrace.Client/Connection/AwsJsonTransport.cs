using System.Text.Json;
using Headrace.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headrace.Client;

/// <summary>
/// Makes AWS JSON 1.1 calls: signed, traced, and repeated in AWS's standard mode where that makes sense. Thread-safe.
/// </summary>
internal sealed partial class AwsJsonTransport : IDisposable
{
    private static readonly TimeSpan AwsDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnDelay = TimeSpan.FromMilliseconds(50);

    private readonly SignedHttp _http;
    private readonly string _service;
    private readonly RetryPolicy _retries;

    /// <param name="service">The signing name and the first label of AWS's host name.</param>
    /// <param name="targetPrefix">What precedes the operation in <c>X-Amz-Target</c>, without the dot.</param>
    /// <param name="options">The client's.</param>
    /// <param name="handler">Stands in for the network in tests.</param>
    /// <param name="time">The clock.</param>
    public AwsJsonTransport(string service, string targetPrefix, ClientOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        _service = service;
        Endpoint = ClientEndpoint.Resolve(service, options);
        Time = time;
        Log = options.LoggerFactory?.CreateLogger(ClientTelemetry.Name) ?? NullLogger.Instance;
        var profile = new AwsProfile(options);
        MayUseCbor = profile.MayUseCbor;
        _retries = new RetryPolicy(profile.MaxAttempts, options.RetryDelay ?? (ClientEndpoint.IsAws(Endpoint) ? AwsDelay : OwnDelay));
        _http = new SignedHttp(service, targetPrefix, Endpoint, options, handler, time);
    }

    public Uri Endpoint { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    /// <summary>Whether nobody has forbidden bodies in CBOR.</summary>
    public bool MayUseCbor { get; }

    /// <summary>Calls an operation; the body is what <paramref name="writeMembers"/> writes between the braces.</summary>
    /// <inheritdoc cref="CallAsync(string, ReadOnlyMemory{byte}, CancellationToken, Invocation, CallHeaders, int)"/>
    public async Task<PooledBuffer> CallAsync(string operation, Action<Utf8JsonWriter> writeMembers, CancellationToken cancellationToken, int answerBytes = 1024)
    {
        using var body = new PooledBuffer(1024);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return await CallAsync(operation, body.WrittenMemory, cancellationToken, answerBytes: answerBytes);
    }

    /// <summary>Calls an operation. The answer's body is the caller's to dispose.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <param name="invocation">The call that this is an attempt of, where the caller repeats it on its own; null for one that is repeated here.</param>
    /// <param name="headers">The body's format, and headers to send besides the usual ones; they learn the answer's. Null: JSON without any.</param>
    /// <param name="answerBytes">How long the answer will be, roughly.</param>
    /// <exception cref="KinesisException">The service refused, or kept failing.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered.</exception>
    public async Task<PooledBuffer> CallAsync(
        string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken, Invocation? invocation = null, CallHeaders? headers = null, int answerBytes = 1024)
    {
        using var trace = new CallTrace(_service, operation, Endpoint);
        var isRepeatedHere = invocation is null;
        invocation ??= new Invocation();
        var (corrected, taken) = (false, 0);
        for (var attempt = 1; ; attempt++)
        {
            Exception failure;
            try
            {
                var answer = await _http.SendAsync(operation, body, invocation, headers, answerBytes, cancellationToken);
                _retries.Succeed(taken);
                trace.Succeed();
                return answer;
            }
            catch (Exception e) when (e is KinesisException or EndpointUnreachableException)
            {
                failure = e;
            }
            if (!corrected && failure is KinesisException refused && _http.Clock.Correct(refused, refused.AnsweredAt))
            {
                corrected = true;
                Log.ClockCorrected(Endpoint, _http.Clock.Offset);
                continue;
            }
            if (!isRepeatedHere || !_retries.ShouldRetry(failure, attempt, out taken))
            {
                trace.Fail(failure);
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
            trace.Retry(failure);
            var wait = _retries.WaitAfter(attempt);
            Log.Retrying(operation, attempt, wait, failure.Message);
            await Task.Delay(wait, Time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();
}
