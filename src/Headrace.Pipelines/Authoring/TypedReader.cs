using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Headrace.Pipelines;

/// <summary>Reads records as a type. A thread that asks for the same record again, as routes do, is given the same object. Thread-safe.</summary>
internal sealed class TypedReader<T>(JsonTypeInfo<T> type)
{
    [ThreadStatic]
    private static (TypedReader<T>? Reader, ReadOnlyMemory<byte> Json, T Value) _last;

    /// <exception cref="TransformException">The record is not of the type.</exception>
    public T Read(ReadOnlyMemory<byte> json)
    {
        if (_last.Reader == this && _last.Json.Equals(json))
            return _last.Value;
        try
        {
            var value = JsonSerializer.Deserialize(json.Span, type) ?? throw new TransformException($"null is no {type.Type.Name}");
            _last = (this, json, value);
            return value;
        }
        catch (JsonException e)
        {
            throw new TransformException($"no {type.Type.Name}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
