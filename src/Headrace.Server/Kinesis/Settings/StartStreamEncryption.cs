using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class StartStreamEncryption(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(StartStreamEncryption);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var (type, keyId) = StreamEncryption.Read(members);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        StreamEncryption.RequireKms(type);
        await streams.StartEncryptionAsync(stream.Scope, stream.Name, keyId!, request.Aborted);
        request.RespondEmpty();
    }
}
