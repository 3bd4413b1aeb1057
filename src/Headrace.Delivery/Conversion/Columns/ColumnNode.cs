using System.Text.Json;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>
/// A place in the tree of columns, which takes JSON values apart into the leaves' values and levels, as Dremel does: a definition level
/// tells how much of a value's path is there, a repetition level where a repeated one goes on. Not thread-safe.
/// </summary>
internal abstract class ColumnNode
{
    /// <summary>The leaves under this place in their order.</summary>
    public abstract IEnumerable<LeafColumn> Leaves { get; }

    /// <summary>Takes the value that the reader stands at.</summary>
    /// <param name="reader">Stands at the value's first token, and afterwards at its last.</param>
    /// <param name="repetition">The level of this value.</param>
    /// <param name="definition">The level of what it stands in.</param>
    /// <exception cref="RecordMismatchException">It is no such value.</exception>
    public abstract void Write(ref Utf8JsonReader reader, short repetition, short definition);

    /// <summary>Takes that there is no value, of whose path so much is there.</summary>
    public abstract void WriteNothing(short repetition, short definition);
}
