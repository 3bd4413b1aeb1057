namespace Headrace.Client;

/// <summary>Where the reading of a shard starts.</summary>
/// <param name="Position">The position to ask for.</param>
/// <param name="Handled">What was handled of it before; null: nothing.</param>
internal readonly record struct ShardStart(StartingPosition Position, ShardCheckpoint? Handled = null);
