using System.Text.Json;
using Headrace.ControlPlane;
using Headrace.Delivery.Catalog;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Conversion;

/// <summary>The plans that one delivery stream has used, by number; the newest is made of its destination and its table as they are now. Thread-safe.</summary>
internal sealed class ConversionPlans(ControlDatabase database, TableCatalog catalog, AccountScope scope, long deliveryStreamId)
{
    private const string Latest = "LATEST";

    private readonly Lock _lock = new();
    private readonly Dictionary<long, ConversionPlan> _plans = [];
    private (S3Destination Destination, long Revision, long Number)? _current;

    /// <summary>The number of the plan that a destination's records take now.</summary>
    /// <exception cref="IOException">There is no such table now.</exception>
    public long Current(S3Destination destination)
    {
        lock (_lock)
        {
            var revision = catalog.Revision;
            if (_current is { } current && ReferenceEquals(current.Destination, destination) && current.Revision == revision)
                return current.Number;
            var plan = Make(destination.Conversion!);
            var number = NumberOf(plan.Write());
            _plans[number] = plan;
            _current = (destination, revision, number);
            return number;
        }
    }

    public ConversionPlan Get(long number)
    {
        lock (_lock)
        {
            if (_plans.TryGetValue(number, out var known))
                return known;
            return _plans[number] = ConversionPlan.Read(database.Read(session => (string)session.Scalar(
                "SELECT plan FROM delivery_plans WHERE delivery_stream = $id AND number = $number",
                ("$id", deliveryStreamId),
                ("$number", number))!));
        }
    }

    private ConversionPlan Make(DataFormatConversionConfiguration conversion)
    {
        var schema = conversion.SchemaConfiguration!;
        var owner = new AccountScope(schema.CatalogId ?? scope.AccountId, schema.Region ?? scope.Region);
        try
        {
            var table = catalog.GetTable(owner, schema.DatabaseName!, schema.TableName!, schema.VersionId is null or Latest ? null : schema.VersionId);
            using var input = JsonDocument.Parse(table.Input);
            var columns = TableColumns.Of(input.RootElement);
            if (columns.Count == 0)
                throw new DeliveryStandstillException("DataFormatConversion.InvalidSchema", $"The schema is invalid: table {table.Name} in database {table.Database} has no columns.");
            return new ConversionPlan(
                new ConversionTable(owner.AccountId, table.Database, table.Name, owner.Region, FormattableString.Invariant($"{table.Version}")),
                columns,
                conversion.InputFormatConfiguration!.Deserializer!,
                conversion.OutputFormatConfiguration!.Serializer!.ParquetSerDe!);
        }
        catch (CatalogException missing)
        {
            throw new DeliveryStandstillException(
                "DataFormatConversion.EntityNotFound",
                $"The table {schema.TableName} in database {schema.DatabaseName} ({owner}) that records are converted by could not be found: {missing.Message}");
        }
    }

    private long NumberOf(string plan) => database.Write(session =>
    {
        if (session.Scalar("SELECT number FROM delivery_plans WHERE delivery_stream = $id AND plan = $plan", ("$id", deliveryStreamId), ("$plan", plan)) is long known)
            return known;
        return (long)session.Scalar(
            "INSERT INTO delivery_plans (delivery_stream, number, plan) SELECT $id, coalesce(max(number), 0) + 1, $plan FROM delivery_plans WHERE delivery_stream = $id RETURNING number",
            ("$id", deliveryStreamId),
            ("$plan", plan))!;
    });
}
