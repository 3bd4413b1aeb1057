using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Databases;

internal sealed class CreateDatabase(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(CreateDatabase);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var input = members.Structure("DatabaseInput", required: true);
        var name = input is null ? "" : GlueMembers.ReadName(input, "Name");
        members.ThrowIfInvalid();

        catalog.CreateDatabase(scope, name, input!.RawText);
        await request.RespondAsync(_ => { });
    }
}
