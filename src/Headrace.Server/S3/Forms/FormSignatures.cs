using Headrace.Server.AwsJson;
using Headrace.Server.Signing;

namespace Headrace.Server.S3.Forms;

/// <summary>Who posts a form: its fields hold the signature of its policy.</summary>
internal sealed class FormSignatures(CallerResolver callers)
{
    /// <exception cref="S3Exception">A field of the signature is missing.</exception>
    /// <exception cref="SignatureException">The signature is not accepted.</exception>
    public Caller Resolve(PostForm form)
    {
        if (form.Field("policy") is not { } policy)
            return callers.ResolveUnsigned();
        var isVersion4 = form.Field("x-amz-algorithm") is not null || form.Field("x-amz-signature") is not null;
        var (key, signature) = isVersion4 ? ("x-amz-credential", "x-amz-signature") : ("awsaccesskeyid", "signature");
        foreach (var name in new[] { key, signature })
        {
            if (form.Field(name) is not { Length: > 0 })
                throw S3Exception.InvalidArgument(name, "", $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.");
        }
        return callers.ResolveForm(policy, form.Field(key)!, form.Field(signature)!, form.Field("x-amz-date"), isVersion4);
    }
}
