using System.Xml;
using System.Xml.Linq;

namespace Headrace.Server.S3.Xml;

/// <summary>Reads the XML bodies of requests. Namespaces are not looked at: clients differ in whether they send one.</summary>
internal static class S3Documents
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <exception cref="S3Exception">MalformedXML: not XML, or another document than expected.</exception>
    public static XElement Parse(byte[] body, string root)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Settings);
            var document = XElement.Load(reader);
            return document.Name.LocalName == root ? document : throw S3Exception.MalformedXml();
        }
        catch (XmlException failure)
        {
            throw S3Exception.MalformedXml(failure);
        }
    }

    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>A child's text; null when there is no such child.</summary>
    public static string? TextOf(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;

    /// <exception cref="S3Exception">MalformedXML: there is no such child.</exception>
    public static string RequiredTextOf(this XElement element, string name) => element.TextOf(name) ?? throw S3Exception.MalformedXml();
}
