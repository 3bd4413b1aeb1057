using System.Diagnostics.CodeAnalysis;

namespace Headrace.Server.S3.Objects;

/// <summary>ETags are kept without the quotes that HTTP puts around them; clients send them either way.</summary>
internal static class ETags
{
    public static string Quote(string etag) => $"\"{etag}\"";

    [return: NotNullIfNotNull(nameof(etag))]
    public static string? Unquote(string? etag) => etag?.Trim().Trim('"');

    /// <summary>True when a header that lists ETags, or says <c>*</c>, names this one.</summary>
    public static bool Names(string header, string etag) => header.Split(',').Any(named => named.Trim() == "*" || Unquote(named.Trim().Replace("W/", "", StringComparison.Ordinal)) == etag);
}
