namespace Headrace.Server.S3.Settings;

/// <summary>PUT of a bucket's configuration of a kind that this server has none of: refused, since nothing would come of it.</summary>
/// <param name="name">The sub-resource.</param>
internal sealed class UnsupportedConfiguration(string name) : IS3Operation
{
    public Task HandleAsync(S3Request request) => throw S3Exception.NotImplemented(name);
}
