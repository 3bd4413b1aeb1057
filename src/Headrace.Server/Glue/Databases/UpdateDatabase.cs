using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Databases;

internal sealed class UpdateDatabase(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(UpdateDatabase);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var name = GlueMembers.ReadName(members, "Name");
        var input = members.Structure("DatabaseInput", required: true);
        members.ThrowIfInvalid();

        catalog.UpdateDatabase(scope, name, input!.RawText);
        await request.RespondAsync(_ => { });
    }
}
