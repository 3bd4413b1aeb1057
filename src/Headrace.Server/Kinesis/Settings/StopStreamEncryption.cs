using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class StopStreamEncryption(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(StopStreamEncryption);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var (type, _) = StreamEncryption.Read(members);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        StreamEncryption.RequireKms(type);
        await streams.StopEncryptionAsync(stream.Scope, stream.Name, request.Aborted);
        request.RespondEmpty();
    }
}
