namespace Headrace.Pipelines;

/// <summary>The transforms in C# that a pipeline file can name. Each refuses what is no JSON.</summary>
internal static class CodeTransforms
{
    private static readonly Dictionary<string, Func<ICodeTransform>> ByName = new(StringComparer.Ordinal)
    {
        ["user-sessions"] = static () => new UserSessionTransform(TimeProvider.System),
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static ICodeTransform? Find(string name) => ByName.TryGetValue(name, out var make) ? make() : null;
}
