using Headrace.Delivery.Catalog;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Headrace.Delivery.Conversion;

/// <summary>How Hive's types lie in Parquet: every column optional, lists and maps in the standard's three levels, timestamps in 96 bits as Hive and AWS write them.</summary>
internal static class ParquetLayout
{
    public static GroupNode Of(IReadOnlyList<TableColumn> columns) =>
        new("schema", Repetition.Required, [.. columns.Select(column => Of(column.Name, HiveType.Parse(column.Type), Repetition.Optional))]);

    /// <summary>The bytes that a decimal of so many digits takes.</summary>
    public static int DecimalBytes(int precision)
    {
        var most = System.Numerics.BigInteger.Pow(10, precision) - 1;
        return most.GetByteCount();
    }

    private static Node Of(string name, HiveType type, Repetition repetition) => type.Kind switch
    {
        HiveKind.Boolean => Leaf(name, repetition, LogicalType.None(), PhysicalType.Boolean),
        HiveKind.TinyInt => Leaf(name, repetition, LogicalType.Int(8, isSigned: true), PhysicalType.Int32),
        HiveKind.SmallInt => Leaf(name, repetition, LogicalType.Int(16, isSigned: true), PhysicalType.Int32),
        HiveKind.Int => Leaf(name, repetition, LogicalType.None(), PhysicalType.Int32),
        HiveKind.BigInt => Leaf(name, repetition, LogicalType.None(), PhysicalType.Int64),
        HiveKind.Float => Leaf(name, repetition, LogicalType.None(), PhysicalType.Float),
        HiveKind.Double => Leaf(name, repetition, LogicalType.None(), PhysicalType.Double),
        HiveKind.String => Leaf(name, repetition, LogicalType.String(), PhysicalType.ByteArray),
        HiveKind.Binary => Leaf(name, repetition, LogicalType.None(), PhysicalType.ByteArray),
        HiveKind.Date => Leaf(name, repetition, LogicalType.Date(), PhysicalType.Int32),
        HiveKind.Timestamp => Leaf(name, repetition, LogicalType.None(), PhysicalType.Int96),
        HiveKind.Decimal => new PrimitiveNode(name, repetition, LogicalType.Decimal(type.Precision, type.Scale), PhysicalType.FixedLenByteArray, DecimalBytes(type.Precision)),
        HiveKind.Array => new GroupNode(name, repetition, [new GroupNode("list", Repetition.Repeated, [Of("element", type.Fields[0].Type, Repetition.Optional)])], LogicalType.List()),
        HiveKind.Map => new GroupNode(
            name,
            repetition,
            [new GroupNode("key_value", Repetition.Repeated, [Of("key", type.Fields[0].Type, Repetition.Required), Of("value", type.Fields[1].Type, Repetition.Optional)])],
            LogicalType.Map()),
        _ => new GroupNode(name, repetition, [.. type.Fields.Select(field => Of(field.Name, field.Type, Repetition.Optional))]),
    };

    private static PrimitiveNode Leaf(string name, Repetition repetition, LogicalType logical, PhysicalType physical) => new(name, repetition, logical, physical);
}
