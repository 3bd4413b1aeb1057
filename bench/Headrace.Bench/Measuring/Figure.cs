namespace Headrace.Bench.Measuring;

/// <summary>One figure of a result.</summary>
/// <param name="Name">What it is called in JSON, its unit in the name: <c>readyMilliseconds</c>.</param>
/// <param name="Text">What it says to a person.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">The unit for a person; empty for a ratio.</param>
/// <param name="Decimals">How many decimals mean something.</param>
internal sealed record Figure(string Name, string Text, double Value, string Unit, int Decimals);
