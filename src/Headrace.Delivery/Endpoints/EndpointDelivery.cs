using System.Net;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Endpoints;

/// <summary>Sends records to a web service until it acknowledges them or the time for repeating is over.</summary>
internal sealed class EndpointDelivery(HttpClient http, DeliveryStream stream, StageReport report, TimeSpan timeout, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(120);

    /// <summary>Null once the service has acknowledged the records; otherwise why it never did.</summary>
    public async Task<EndpointFailure?> SendAsync(HttpEndpoint endpoint, string requestId, ObjectBuffer records, CancellationToken stop)
    {
        var body = EndpointRequest.BodyOf(endpoint, records, requestId, time.GetUtcNow().ToUnixTimeMilliseconds());
        var begun = time.GetTimestamp();
        var delay = FirstDelay;
        for (var attempts = 1; ; attempts++)
        {
            stream.Traffic.BeginPut();
            if (await TryAsync(endpoint, requestId, body, stop) is not { } fault)
            {
                report.Recovered();
                return null;
            }
            report.Failed(new DeliveryStandstillException(fault.Code, fault.Message));
            var wait = delay * (0.85 + (Random.Shared.NextDouble() * 0.3));
            if (fault.IsFinal || time.GetElapsedTime(begun) + wait > TimeSpan.FromSeconds(endpoint.RetrySeconds))
                return new EndpointFailure(fault.Code, fault.Message, attempts, time.GetUtcNow().ToUnixTimeMilliseconds());
            await Task.Delay(wait, time, stop);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task<(string Code, string Message, bool IsFinal)?> TryAsync(HttpEndpoint endpoint, string requestId, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var request = EndpointRequest.Of(endpoint, stream.Arn, requestId, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await EndpointAnswer.CheckAsync(response, requestId, either.Token) is { } fault
                ? (fault.Code, fault.Message, response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
                : null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ("HttpEndpoint.RequestTimeout", $"The endpoint did not answer within {timeout.TotalSeconds:0} seconds.", false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return ("HttpEndpoint.ConnectionFailed", $"The endpoint {endpoint.Url} could not be reached: {failure.Message}", false);
        }
    }
}
