using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Assets;

/// <summary>
/// The console's files, which the build embeds when Node is there. Where it was not, one plain page says how to get them. Thread-safe.
/// </summary>
internal sealed class ConsoleAssets
{
    private const string Prefix = "console/";
    private const string FrontPage = "index.html";

    /// <summary>Vite puts files here whose names change with their content.</summary>
    private const string Immutable = "assets/";

    private readonly FrozenDictionary<string, ConsoleAsset> _files;

    private ConsoleAssets(IEnumerable<ConsoleAsset> files) => _files = files.ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

    public static ConsoleAssets Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return new ConsoleAssets(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new ConsoleAsset(name[Prefix.Length..], () => assembly.GetManifestResourceStream(name)!)));
    }

    /// <summary>Answers with a file; its pages have addresses of their own, which all mean the front page.</summary>
    public Task RespondAsync(HttpContext http, string path)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }
        if (_files.Count == 0)
            return MissingConsolePage.RespondAsync(http);
        if (_files.TryGetValue(path, out var file))
            return file.RespondAsync(http, isImmutable: path.StartsWith(Immutable, StringComparison.Ordinal));
        if (Path.HasExtension(path) && path.StartsWith(Immutable, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return _files[FrontPage].RespondAsync(http, isImmutable: false);
    }
}
