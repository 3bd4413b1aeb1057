namespace Headrace.Delivery.Functions;

/// <summary>Where functions are invoked: an endpoint with Lambda's Invoke API.</summary>
/// <param name="http">Calls it.</param>
/// <param name="options">Say where it is, how long a function may take, and who signs.</param>
internal sealed class FunctionEndpoint(HttpClient http, DeliveryOptions options)
{
    /// <summary>What a request or an answer may be long: Lambda's own limit.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    public bool IsThere => options.LambdaEndpoint is not null;

    /// <summary>Invokes a function and waits for what it returns.</summary>
    /// <exception cref="FunctionException">It returned nothing.</exception>
    public async Task<byte[]> InvokeAsync(string functionArn, ReadOnlyMemory<byte> payload, TimeProvider time, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(options.LambdaTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.LambdaEndpoint!, $"/2015-03-31/functions/{Uri.EscapeDataString(functionArn)}/invocations"))
            {
                Content = new ReadOnlyMemoryContent(payload),
            };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("X-Amz-Invocation-Type", "RequestResponse");
            if (options.SignInvocation is { } sign)
                await sign(request, functionArn, payload, either.Token);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await ReadAsync(response.Content, either.Token);
            if (!response.IsSuccessStatusCode)
                throw new FunctionException($"Lambda.{CodeOf((int)response.StatusCode)}", $"The invocation was answered with {(int)response.StatusCode}. {Shown(answer)}");
            if (response.Headers.Contains("X-Amz-Function-Error"))
                throw new FunctionException("Lambda.FunctionError", $"The Lambda function was successfully invoked but it returned an error result. {Shown(answer)}");
            return answer;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new FunctionException("Lambda.FunctionTimedOut", $"The Lambda function did not answer within {options.LambdaTimeout.TotalSeconds:0} seconds.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new FunctionException("Lambda.ConnectionFailed", $"The endpoint {options.LambdaEndpoint} could not be reached: {failure.Message}");
        }
    }

    private static string CodeOf(int status) => status switch
    {
        403 => "InvokeAccessDenied",
        404 => "FunctionNotFound",
        413 => "RequestTooLarge",
        429 => "InvokeLimitExceeded",
        _ => "InvokeFailed",
    };

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            answer.Write(buffer, 0, read);
            if (answer.Length > MaxPayloadBytes)
                throw new FunctionException("Lambda.ResponseTooLarge", "The Lambda function returned more than 6 MB.");
        }
        return answer.ToArray();
    }

    private static string Shown(byte[] answer) => System.Text.Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 1_000)));
}
