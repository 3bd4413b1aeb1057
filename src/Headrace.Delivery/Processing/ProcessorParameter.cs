namespace Headrace.Delivery.Processing;

/// <summary>A processor's setting, named as AWS names it.</summary>
public sealed record ProcessorParameter(string Name, string Value);
