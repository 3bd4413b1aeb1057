using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>A step that remembers what it has seen; its state is saved together with the positions.</summary>
internal interface IStatefulStep : IStep
{
    /// <summary>Writes the whole state as one JSON value.</summary>
    void Save(Utf8JsonWriter writer);

    /// <summary>Takes a state that was saved.</summary>
    void Load(JsonElement state);

    /// <summary>The source has ended: emits what was still waiting for more, where the step was told to.</summary>
    void End(StepBatch batch);
}
