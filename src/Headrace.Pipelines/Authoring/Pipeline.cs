using System.Text.Json.Serialization.Metadata;

namespace Headrace.Pipelines;

/// <summary>
/// Declares a pipeline in C#:
/// <code>
/// var plan = Pipeline.From("sessions", LabJson.Default.UserSession)
///     .Transform(session => Enrich(session), LabJson.Default.EnrichedSession)
///     .Route("usa", "usa-sessions", session => session.SessionId, when: session => session.Country == "USA")
///     .Route("other", "other-sessions", session => session.SessionId)
///     .Build();
/// </code>
/// Functions are called by several workers at once, so they keep nothing between records. One that throws <see cref="TransformException"/>
/// makes its record a dead letter.
/// </summary>
public static class Pipeline
{
    /// <summary>Reads JSON records of a type from a data stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="type">The type, from a source-generated serializer context.</param>
    public static PipelineBuilder<T> From<T>(string stream, JsonTypeInfo<T> type) => From(new PipelineSource(stream), type);

    /// <summary>Reads JSON records of a type.</summary>
    /// <param name="source">The stream, and how it is read.</param>
    /// <param name="type">The type, from a source-generated serializer context.</param>
    public static PipelineBuilder<T> From<T>(PipelineSource source, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(type);
        return new PipelineBuilder<T>(source, [], [], [], type);
    }

    /// <summary>Reads JSON records from a data stream and transforms their bytes, where a type would cost too much.</summary>
    /// <param name="source">The stream, and how it is read.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="type">What the transform makes, as far as routes look at it.</param>
    public static PipelineBuilder<T> From<T>(PipelineSource source, ICodeTransform transform, JsonTypeInfo<T> type) => From(source, type).Transform(transform, type);
}
