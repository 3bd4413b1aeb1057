using System.Buffers;

namespace Headrace.Pipelines;

/// <summary>A transform in C#, from JSON to JSON. Used by several workers at once, so it keeps nothing between records.</summary>
public interface ICodeTransform
{
    /// <summary>Writes what becomes of a record.</summary>
    /// <param name="json">The record as UTF-8 JSON.</param>
    /// <param name="output">Takes the result, one JSON text.</param>
    /// <returns>False drops the record on purpose.</returns>
    /// <exception cref="TransformException">The record is wrong; it becomes a dead letter with the message.</exception>
    bool Transform(ReadOnlyMemory<byte> json, IBufferWriter<byte> output);
}
