using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Headrace.Buckets.Checksums;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Xml;

/// <summary>Writes S3's XML answers.</summary>
internal static class S3Xml
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // A key may hold characters that XML has no plain form for; as S3 does, they go out as references.
        CheckCharacters = false,
        // A carriage return within a key would be read as a line feed if it stood there as it is.
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>Answers with one document whose root is in S3's namespace.</summary>
    public static Task RespondAsync(HttpContext http, string root, Action<XmlWriter> write, int status = 200) =>
        RespondAsync(http, root, Namespace, write, status);

    /// <summary>Answers with a document that was made elsewhere, put into S3's namespace or another one.</summary>
    public static Task RespondAsync(HttpContext http, XElement document, string ns = Namespace, int status = 200) => RespondAsync(http, document.Name.LocalName, ns, writer =>
    {
        foreach (var child in document.Elements())
            WriteCopy(writer, child, ns);
    }, status);

    /// <summary>Answers with an error document, which is in no namespace.</summary>
    public static Task RespondErrorAsync(HttpContext http, Action<XmlWriter> write, int status) => RespondAsync(http, "Error", "", write, status);

    public static void Text(this XmlWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteElementString(name, value);
    }

    public static void Number(this XmlWriter writer, string name, long value) =>
        writer.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));

    public static void Flag(this XmlWriter writer, string name, bool value) => writer.WriteElementString(name, value ? "true" : "false");

    public static void Time(this XmlWriter writer, string name, DateTimeOffset value) =>
        writer.WriteElementString(name, value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public static void Element(this XmlWriter writer, string name, Action<XmlWriter> write)
    {
        writer.WriteStartElement(name);
        write(writer);
        writer.WriteEndElement();
    }

    public static void Owner(this XmlWriter writer, string name, string account) => writer.Element(name, owner =>
    {
        owner.Text("ID", CanonicalId.Of(account));
        owner.Text("DisplayName", account);
    });

    public static void Checksum(this XmlWriter writer, ObjectChecksum? checksum)
    {
        if (checksum is null)
            return;
        writer.Text(ChecksumHeaders.ElementOf(checksum.Algorithm), checksum.Value);
        writer.Text("ChecksumType", ChecksumHeaders.NameOf(checksum.Type));
    }

    private static void WriteCopy(XmlWriter writer, XElement element, string ns)
    {
        writer.WriteStartElement(element.Name.LocalName, ns);
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            writer.WriteAttributeString(attribute.Name.LocalName, attribute.Name.NamespaceName, attribute.Value);
        if (element.HasElements)
        {
            foreach (var child in element.Elements())
                WriteCopy(writer, child, ns);
        }
        else if (element.Value.Length > 0)
        {
            writer.WriteString(element.Value);
        }
        writer.WriteEndElement();
    }

    private static async Task RespondAsync(HttpContext http, string root, string ns, Action<XmlWriter> write, int status)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings))
        {
            writer.WriteStartDocument();
            writer.WriteStartElement(root, ns);
            write(writer);
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }
}
