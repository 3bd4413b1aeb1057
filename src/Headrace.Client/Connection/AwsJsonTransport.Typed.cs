using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Headrace.Protocol;

namespace Headrace.Client;

/// <content>Calls whose requests and answers are records.</content>
internal sealed partial class AwsJsonTransport
{
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(operation, request, requestType, cancellationToken);
        return Read(operation, answer, responseType);
    }

    /// <summary>An operation that is asked nothing.</summary>
    public async Task<TResponse> CallAsync<TResponse>(string operation, JsonTypeInfo<TResponse> responseType, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(operation, "{}"u8.ToArray(), cancellationToken);
        return Read(operation, answer, responseType);
    }

    /// <summary>An operation that answers nothing.</summary>
    public async Task CallAsync<TRequest>(string operation, TRequest request, JsonTypeInfo<TRequest> requestType, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(operation, request, requestType, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync(string, ReadOnlyMemory{byte}, CancellationToken, Invocation, CallHeaders, int)"/>
    public async Task<PooledBuffer> SendAsync<TRequest>(
        string operation, TRequest request, JsonTypeInfo<TRequest> requestType, CancellationToken cancellationToken, int answerBytes = 1024)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new PooledBuffer(1024);
        using (var writer = new Utf8JsonWriter(body))
            JsonSerializer.Serialize(writer, request, requestType);
        return await CallAsync(operation, body.WrittenMemory, cancellationToken, answerBytes: answerBytes);
    }

    private static TResponse Read<TResponse>(string operation, PooledBuffer answer, JsonTypeInfo<TResponse> responseType)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.WrittenSpan, responseType) ?? throw new InvalidDataException($"the service answered {operation} with nothing");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the service's answer to {operation} is not as the API has it: {e.Message}", e);
        }
    }
}
