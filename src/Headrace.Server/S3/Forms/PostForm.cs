using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Headrace.Server.S3.Forms;

/// <summary>A form that a browser posts: its fields, and after them the file, which is read as it comes.</summary>
internal sealed class PostForm
{
    private const int MaxFieldBytes = 20 * 1024;
    private const int MaxFieldsBytes = 64 * 1024;

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private PostForm(string bucket) => _fields["bucket"] = bucket;

    /// <summary>By name, in any case; the bucket counts as one.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    public Stream File { get; private set; } = Stream.Null;

    public string FileName { get; private set; } = "";

    public string? Field(string name) => _fields.GetValueOrDefault(name);

    /// <summary>Reads up to the file's first byte.</summary>
    /// <exception cref="S3Exception">MalformedPOSTRequest, InvalidArgument, or a field is too long.</exception>
    public static async Task<PostForm> ReadAsync(S3Request request)
    {
        var type = MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var parsed) ? parsed : null;
        var boundary = HeaderUtilities.RemoveQuotes(type?.Boundary ?? "").ToString();
        if (boundary.Length == 0 || type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
            throw new S3Exception(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold") { Details = [("Condition", "Bucket POST must be of the enclosure-type multipart/form-data")] };
        var form = new PostForm(request.Bucket);
        try
        {
            var reader = new MultipartReader(boundary, request.Payload.Body);
            var total = 0;
            while (await reader.ReadNextSectionAsync(request.Aborted) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    throw Malformed();
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
                {
                    form.File = section.Body;
                    form.FileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                    return form;
                }
                var value = await ReadFieldAsync(section.Body, request.Aborted);
                if ((total += value.Length) > MaxFieldsBytes)
                    throw new S3Exception(400, "MaxPostPreDataLengthExceededError", "Your POST request fields preceding the upload file were too large.");
                form._fields[name] = value;
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw Malformed(failure);
        }
        throw S3Exception.InvalidArgument("file", "0", "POST requires exactly one file upload per request.");
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxFieldBytes)
                throw new S3Exception(400, "MaxPostPreDataLengthExceededError", "Your POST request fields preceding the upload file were too large.");
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static S3Exception Malformed(Exception? cause = null) =>
        new(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.", cause);
}
