namespace Headrace.Pipelines;

/// <summary>The lab's routing: sessions from the USA go one way, all others the other.</summary>
public static class CountryRouter
{
    public const string Usa = "USA";

    public const string International = "International";

    /// <summary>The destination's name for a country as the session spells it.</summary>
    public static string Route(string country) => string.Equals(country, Usa, StringComparison.Ordinal) ? Usa : International;
}
