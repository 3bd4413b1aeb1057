using System.Text;
using System.Text.Json;
using Headrace.Files;
using Headrace.Protocol.Cbor;
using Headrace.Server.Faults;
using Headrace.Server.Hosting;
using Headrace.Server.Signing;
using Headrace.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Headrace.Server.AwsJson;

/// <summary>Runs the operations of the AWS JSON services, in JSON or CBOR: finds the operation, reads the body, turns failures into AWS's errors.</summary>
internal sealed class AwsJsonHandler(IReadOnlyList<AwsJsonService> services, CallerResolver callers, ILogger log, FaultBook? faults = null)
{
    /// <summary>Whether a request without <c>X-Amz-Target</c> is meant for these services all the same; it names no operation then.</summary>
    public bool Speaks(HttpRequest request) =>
        request.Path == "/" && ((HttpMethods.IsPost(request.Method) && AwsJsonEncoding.IsOurs(request.ContentType)) || RequestForm.IsSignedFor(request, services));

    /// <summary>Runs an operation.</summary>
    /// <param name="http">The request and its answer.</param>
    /// <param name="target">The operation, as <c>X-Amz-Target</c> names it.</param>
    /// <param name="known">Who calls, where that is known already, and with it that the request is meant for us; null: its form and signature tell.</param>
    public async Task HandleAsync(HttpContext http, string target, Caller? known = null)
    {
        var (service, operation) = Find(target);
        var isLost = false;
        var format = AwsJsonEncoding.FormatOf(http.Request.ContentType);
        try
        {
            if (known is null)
                RequestForm.RequirePost(http.Request);
            var maxBytes = (service ?? services[0]).MaxBodyBytes;
            using var body = new PooledBuffer(InitialCapacity(http.Request, maxBytes));
            if (!await WholeBody.TryReadAsync(http, body, maxBytes))
                throw TooLarge(maxBytes);
            if (body.Length == 0)
            {
                // The service's own choice where nothing asks for JSON.
                format = AwsJsonEncoding.IsJson(http.Request.ContentType) ? WireFormat.Json : WireFormat.Cbor;
                throw operation is null ? Unknown() : WireException.Serialization("");
            }
            if (known is null)
                RequestForm.RequireOurs(http.Request, target, body.WrittenMemory);
            if (service is null || operation is null)
            {
                new AwsJsonRequest(http, Caller.Unknown, body.WrittenMemory, format, services[0], "").ReadMembers();
                throw Unknown();
            }
            if (format == WireFormat.Cbor && service.CborMembers is null)
                throw WireException.Serialization("");
            RequestTraces.Name(http, service.Name, operation.Name);
            var caller = known ?? Resolve(http, service, body, format);
            var rehearsed = faults?.Of(service, operation.Name);
            if (rehearsed is not null && await rehearsed.ApplyAsync(http.RequestAborted))
                isLost = LoseAnswer(http);
            await operation.HandleAsync(new AwsJsonRequest(http, caller, body.WrittenMemory, format, service, operation.Name) { Faults = rehearsed });
        }
        catch (OperationCanceledException gone) when (gone is ClientGoneException || http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody waits for an answer.
        }
        catch (RequestFormException refusal)
        {
            await RespondAsync(http, refusal);
        }
        catch (Exception failure)
        {
            await RespondAsync(http, format, Translate(service, failure, target));
        }
        if (isLost)
            http.Abort();
    }

    /// <summary>Has the answer go nowhere.</summary>
    private static bool LoseAnswer(HttpContext http)
    {
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return true;
    }

    /// <summary>AWS's words for a failure outside of any operation.</summary>
    public WireException Translate(Exception failure, string what) =>
        services.Select(service => service.Translate(failure)).FirstOrDefault(known => known is not null) ?? Translate(null, failure, what);

    /// <summary>A body that can't be read is refused before its signature is.</summary>
    private Caller Resolve(HttpContext http, AwsJsonService service, PooledBuffer body, WireFormat format)
    {
        try
        {
            return callers.Resolve(http.Request, service.SigningName, body.WrittenSpan);
        }
        catch (SignatureException)
        {
            new AwsJsonRequest(http, Caller.Unknown, body.WrittenMemory, format, service, "").ReadMembers();
            throw;
        }
    }

    /// <summary>Nulls where the target names no operation.</summary>
    private (AwsJsonService? Service, IAwsJsonOperation? Operation) Find(string target)
    {
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            foreach (var service in services)
            {
                if (target.AsSpan(0, dot).SequenceEqual(service.TargetPrefix) && service.Find(target[(dot + 1)..]) is { } operation)
                    return (service, operation);
            }
        }
        return (null, null);
    }

    private static WireException Unknown() => new(400, "UnknownOperationException", "");

    private WireException Translate(AwsJsonService? service, Exception failure, string target)
    {
        if ((service is null ? failure as WireException : service.Translate(failure)) is { } known)
            return known;
        if (failure is SignatureException refusal)
            return JsonSignatureErrors.Of(refusal);
        if (failure is BadHttpRequestException bad)
            return new WireException(bad.StatusCode, "SerializationException", bad.Message);
        log.LogError(failure, "{Target} failed", target);
        if (failure is IOException io && DiskException.MeansDiskFull(io))
            return new WireException(500, "InternalFailure", "The server's disk is full: nothing was written. Free some space and try again.");
        return new WireException(500, "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.");
    }

    private static int InitialCapacity(HttpRequest request, int maxBytes) => (int)Math.Clamp(request.ContentLength ?? 4096, 256, maxBytes);

    private static WireException TooLarge(int maxBytes) =>
        new(413, "RequestEntityTooLargeException", $"The request body is larger than {maxBytes} bytes.");

    private static Task RespondAsync(HttpContext http, RequestFormException refusal)
    {
        var body = Encoding.UTF8.GetBytes(refusal.Body);
        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = refusal.ContentType;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    private static async Task RespondAsync(HttpContext http, WireFormat format, WireException error)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        using var buffer = new PooledBuffer();
        if (format == WireFormat.Cbor)
            WriteCbor(buffer, error);
        else
            WriteJson(buffer, error);
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = AwsJsonEncoding.ContentTypeOf(format);
        http.Response.ContentLength = buffer.Length;
        http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    private static void WriteJson(PooledBuffer buffer, WireException error)
    {
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed });
        writer.WriteStartObject();
        writer.WriteString("__type", error.Type);
        if (error.Message.Length > 0)
            writer.WriteString(error.MessageMember, error.Message);
        writer.WriteEndObject();
    }

    private static void WriteCbor(PooledBuffer buffer, WireException error)
    {
        buffer.BeginMap();
        buffer.AppendText("__type"u8);
        buffer.AppendText(Encoding.UTF8.GetBytes(error.Type));
        if (error.Message.Length > 0)
        {
            buffer.AppendText(Encoding.UTF8.GetBytes(error.MessageMember));
            buffer.AppendText(Encoding.UTF8.GetBytes(error.Message));
        }
        buffer.EndContainer();
    }
}
