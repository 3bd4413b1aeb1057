using System.Text;
using System.Xml;
using Headrace.Server.Hosting;
using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Headrace.Server.Sts;

/// <summary>STS: parameters in a form or in the query, answers in XML. It knows GetCallerIdentity.</summary>
internal sealed class StsHandler(CallerResolver callers, ILogger log)
{
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
    private const string Version = "2011-06-15";
    private const int MaxBodyBytes = 64 * 1024;

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        Indent = true,
        NewLineChars = "\n",
        // An unknown action is repeated as it was sent, whatever characters it holds.
        CheckCharacters = false,
    };

    /// <summary>Whether a request is for STS: a form, or a query with an action, for the root.</summary>
    public static bool Speaks(HttpRequest request) => request.Path == "/" && (HttpMethods.IsPost(request.Method)
        ? request.HasFormContentType && !request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
        : HttpMethods.IsGet(request.Method) && request.Query.ContainsKey("Action"));

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await RespondAsync(http, StatusCodes.Status200OK, await AnswerAsync(http));
        }
        catch (OperationCanceledException gone) when (gone is ClientGoneException || http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody waits for an answer.
        }
        catch (Exception failure)
        {
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }
            var error = Translate(failure);
            await RespondAsync(http, error.Status, writer => WriteError(writer, error, RequestIds.Of(http)));
        }
    }

    private async Task<Action<XmlWriter>> AnswerAsync(HttpContext http)
    {
        using var body = new PooledBuffer();
        if (!await WholeBody.TryReadAsync(http, body, MaxBodyBytes))
            throw new StsException(413, "RequestEntityTooLarge", $"The request body is larger than {MaxBodyBytes} bytes.");
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.WrittenSpan));
        var action = Parameter("Action") ?? throw new StsException(400, "MissingAction", "The request is missing an action or a required parameter.");
        var version = Parameter("Version") ?? "NO_VERSION_SPECIFIED";
        var caller = callers.Resolve(http.Request, "sts", body.WrittenSpan);
        if (action != "GetCallerIdentity" || version != Version)
            throw new StsException(400, "InvalidAction", $"Could not find operation {action} for version {version}");
        return writer => WriteCallerIdentity(writer, caller.Scope.AccountId, RequestIds.Of(http));

        string? Parameter(string name) => (form.TryGetValue(name, out StringValues values) || http.Request.Query.TryGetValue(name, out values)) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    private StsException Translate(Exception failure)
    {
        switch (failure)
        {
            case StsException known:
                return known;
            case SignatureException refusal:
                return StsSignatureErrors.Of(refusal);
            case BadHttpRequestException bad:
                return new StsException(bad.StatusCode, "MalformedQueryString", bad.Message);
            default:
                log.LogError(failure, "STS failed");
                return new StsException(500, "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.");
        }
    }

    private static void WriteCallerIdentity(XmlWriter writer, string account, string requestId)
    {
        writer.WriteStartElement("GetCallerIdentityResponse", Namespace);
        writer.WriteStartElement("GetCallerIdentityResult");
        writer.WriteElementString("Arn", $"arn:aws:iam::{account}:root");
        writer.WriteElementString("UserId", account);
        writer.WriteElementString("Account", account);
        writer.WriteEndElement();
        writer.WriteStartElement("ResponseMetadata");
        writer.WriteElementString("RequestId", requestId);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteError(XmlWriter writer, StsException error, string requestId)
    {
        writer.WriteStartElement("ErrorResponse", Namespace);
        writer.WriteStartElement("Error");
        writer.WriteElementString("Type", error.Type);
        writer.WriteElementString("Code", error.Code);
        writer.WriteElementString("Message", error.Message);
        writer.WriteEndElement();
        writer.WriteElementString("RequestId", requestId);
        writer.WriteEndElement();
    }

    private static async Task RespondAsync(HttpContext http, int status, Action<XmlWriter> write)
    {
        using var document = new MemoryStream();
        using (var writer = XmlWriter.Create(document, Settings))
            write(writer);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml";
        http.Response.ContentLength = document.Length;
        await http.Response.Body.WriteAsync(document.GetBuffer().AsMemory(0, (int)document.Length), http.RequestAborted);
    }
}
