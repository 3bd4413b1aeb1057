using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class UpdateMaxRecordSize(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(UpdateMaxRecordSize);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = StreamReference.ReadArn(members);
        var kib = members.Integer("MaxRecordSizeInKiB", required: true, min: 1024, max: 10240);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, (null, arn));
        await streams.UpdateMaxRecordBytesAsync(stream.Scope, stream.Name, (int)kib!.Value * 1024, request.Aborted);
        request.RespondEmpty();
    }
}
