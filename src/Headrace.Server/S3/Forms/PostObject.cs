using System.Buffers;
using System.Text;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Versions;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Forms;

/// <summary>POST of a form to a bucket: an upload from a browser.</summary>
internal sealed class PostObject(BucketStore store, FormSignatures signatures, BucketAccess access) : IS3Operation
{
    private const int BufferSize = 64 * 1024;
    private const long MaxBytes = 5L << 30;

    public async Task HandleAsync(S3Request request)
    {
        var form = await PostForm.ReadAsync(request);
        if (form.Field("key") is not { Length: > 0 } pattern)
            throw S3Exception.InvalidArgument("key", "", "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.");
        var posted = request.For(pattern.Replace("${filename}", form.FileName, StringComparison.Ordinal), signatures.Resolve(form));
        var policy = form.Field("policy") is { } encoded ? PostPolicy.Parse(encoded) : null;
        policy?.Check(form, DateTimeOffset.UtcNow);
        access.Check(posted, new Permit("s3:PutObject", AccessPermission.Write));
        var wanted = WantedOf(posted, form);
        using var body = await ReceiveAsync(form, posted, policy);
        var stored = store.PutObject(wanted, body);
        request.ResponseHeaders.ETag = ETags.Quote(stored.ETag);
        ChecksumHeaders.Write(request.ResponseHeaders, stored.Checksum);
        if (stored.IsKeyed)
            CustomerKeys.Write(request, form.Field);
        else
            Encryptions.Write(request, stored);
        VersionHeaders.WriteNew(posted, stored);
        await RespondAsync(posted, form, stored);
    }

    private NewObject WantedOf(S3Request request, PostForm form)
    {
        var headers = ObjectHeaders.Of(form, store, request.Bucket);
        var canned = form.Field("acl") is { Length: > 0 } word ? word : null;
        var bucketOwner = request.Target.Owner.AccountId;
        var owner = ObjectOwnership.OfNew(request, store, canned);
        var grants = canned is null ? null : CannedAcl.Grants(canned, CanonicalId.Of(owner ?? bucketOwner), CanonicalId.Of(bucketOwner));
        if (grants is not null)
            AclRules.Check(request, store, grants, canned);
        return new NewObject
        {
            Bucket = request.Bucket,
            Key = request.Key,
            Headers = headers,
            Tags = form.Field("tagging") is { Length: > 0 } tagging
                ? TagDocument.Parse(S3Documents.Parse(Encoding.UTF8.GetBytes(tagging), "Tagging"), ObjectTags.MaxTags)
                : new Dictionary<string, string>(),
            Owner = owner,
            Controls = new ObjectControls { Grants = grants },
        };
    }

    private async Task<BodyWriter> ReceiveAsync(PostForm form, S3Request request, PostPolicy? policy)
    {
        var stated = ChecksumHeaders.All.Where(algorithm => form.Field(ChecksumHeaders.HeaderOf(algorithm)) is not null).Select(algorithm => (ChecksumAlgorithm?)algorithm).FirstOrDefault();
        var writer = store.NewBody(stated ?? ChecksumAlgorithm.Crc64Nvme, CustomerKeys.Of(form.Field));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long length = 0;
            int read;
            while ((read = await form.File.ReadAsync(buffer, request.Aborted)) > 0)
            {
                if ((length += read) > Math.Min(policy?.MaxLength ?? MaxBytes, MaxBytes))
                    throw new S3Exception(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
                writer.Write(buffer.AsSpan(0, read));
            }
            if (length < policy?.MinLength)
                throw new S3Exception(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
            if (stated is { } algorithm && form.Field(ChecksumHeaders.HeaderOf(algorithm)) != writer.Digest.Checksum.Value)
                throw new S3Exception(400, "BadDigest", $"The {ChecksumHeaders.NameOf(algorithm)} you specified did not match the calculated checksum.");
            return writer;
        }
        catch (Exception failure)
        {
            writer.Dispose();
            if (failure is IOException)
                throw new S3Exception(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.", failure);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Task RespondAsync(S3Request request, PostForm form, StoredObject stored)
    {
        var http = request.Http.Request;
        var location = $"{http.Scheme}://{http.Host}/{request.Bucket}/{Uri.EscapeDataString(request.Key)}";
        var redirect = form.Field("success_action_redirect") ?? form.Field("redirect");
        if (Uri.TryCreate(redirect, UriKind.Absolute, out var target) && target.Scheme is "http" or "https")
        {
            var separator = redirect!.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            request.ResponseHeaders.Location = $"{redirect}{separator}bucket={Uri.EscapeDataString(request.Bucket)}&key={Uri.EscapeDataString(request.Key)}&etag={Uri.EscapeDataString(ETags.Quote(stored.ETag))}";
            request.RespondEmpty(303);
            return Task.CompletedTask;
        }
        request.ResponseHeaders.Location = location;
        if (form.Field("success_action_status") != "201")
        {
            request.RespondEmpty(form.Field("success_action_status") == "200" ? 200 : 204);
            return Task.CompletedTask;
        }
        return S3Xml.RespondAsync(
            request.Http,
            new XElement("PostResponse", new XElement("Location", location), new XElement("Bucket", request.Bucket), new XElement("Key", request.Key), new XElement("ETag", ETags.Quote(stored.ETag))),
            ns: "",
            status: 201);
    }
}
