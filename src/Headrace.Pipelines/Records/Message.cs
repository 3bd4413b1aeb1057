namespace Headrace.Pipelines;

/// <summary>A JSON text on its way through the steps.</summary>
/// <param name="Origin">The index of the source record in its page that it came of; <see cref="NoOrigin"/> for what a window made of many.</param>
/// <param name="Json">UTF-8, without change until the page is settled.</param>
internal readonly record struct Message(int Origin, ReadOnlyMemory<byte> Json)
{
    public const int NoOrigin = -1;
}
