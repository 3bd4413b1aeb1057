using System.Globalization;

namespace Headrace.Buckets.Objects;

/// <summary>A part of an object that was uploaded in parts.</summary>
/// <param name="Number">The number that it was uploaded with, 1 to 10,000; numbers may be left out.</param>
/// <param name="Length">Bytes; only of a lone part they may be none.</param>
public readonly record struct ObjectPart(int Number, long Length)
{
    /// <summary>As the control database keeps them: <c>NUMBER:LENGTH</c>, separated by commas.</summary>
    internal static string? ToText(IReadOnlyList<ObjectPart>? parts) =>
        parts is null ? null : string.Join(',', parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Number}:{part.Length}")));

    internal static IReadOnlyList<ObjectPart>? FromText(string? text) => text is null ? null :
    [
        .. text.Split(',').Select(part => part.Split(':')).Select(
            pair => new ObjectPart(int.Parse(pair[0], CultureInfo.InvariantCulture), long.Parse(pair[1], CultureInfo.InvariantCulture))),
    ];
}
