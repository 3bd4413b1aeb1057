using Headrace.Delivery.Catalog;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>Makes the tree of columns of a type.</summary>
internal static class ColumnTree
{
    /// <summary>A whole row.</summary>
    public static StructColumn OfRow(IReadOnlyList<TableColumn> columns, JsonReading reading) =>
        new("", [.. columns.Select(column => (column.Name, HiveType.Parse(column.Type)))], reading, repetition: 0, definition: 0, isRow: true);

    /// <param name="name">What errors call it.</param>
    /// <param name="type">Its type.</param>
    /// <param name="reading">How JSON is understood.</param>
    /// <param name="repetition">The repetition level of what it stands in.</param>
    /// <param name="definition">The definition level of what it stands in.</param>
    public static ColumnNode Of(string name, HiveType type, JsonReading reading, short repetition, short definition) => type.Kind switch
    {
        HiveKind.Struct => new StructColumn(name, type.Fields, reading, repetition, (short)(definition + 1)),
        HiveKind.Array => new ListColumn(name, type.Fields[0].Type, reading, repetition, definition),
        HiveKind.Map => new MapColumn(name, type.Fields[0].Type, type.Fields[1].Type, reading, repetition, definition),
        _ => LeafColumn.Of(name, type, reading, repetition, (short)(definition + 1)),
    };
}
