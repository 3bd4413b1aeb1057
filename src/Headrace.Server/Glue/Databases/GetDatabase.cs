using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Databases;

internal sealed class GetDatabase(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(GetDatabase);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var name = GlueMembers.ReadName(members, "Name");
        members.ThrowIfInvalid();

        var database = catalog.GetDatabase(scope, name);
        await request.RespondAsync(writer =>
        {
            writer.WritePropertyName("Database");
            DatabaseWriting.Write(writer, database, scope);
        });
    }
}
