using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Packaging;

/// <summary>The library as others get it: <c>dotnet pack</c> makes packages that name their licence and bring their documentation.</summary>
public sealed class ClientPackageTests
{
    private static readonly string[] Ours = ["Headrace.Client", "Headrace.Protocol", "Headrace.Files"];

    [Fact]
    public async Task Packages_are_whole()
    {
        using var folder = new TemporaryFolder();
        foreach (var project in Ours)
            (await PackAsync(project, folder.At("packages"))).ShouldHaveExited(0);

        var packages = Directory.GetFiles(folder.At("packages"), "*.nupkg");
        packages.Length.ShouldBe(Ours.Length);
        foreach (var package in packages)
        {
            using var archive = ZipFile.OpenRead(package);
            var specification = Specification(archive);
            var id = Text(specification, "id");
            Text(specification, "license").ShouldBe("Apache-2.0", id);
            Text(specification, "description").ShouldNotBe("Package Description", id);
            archive.GetEntry($"lib/net10.0/{id}.dll").ShouldNotBeNull(id);
            archive.GetEntry($"lib/net10.0/{id}.xml").ShouldNotBeNull(id);
            // Whatever of ours it needs is packed too.
            Named(specification, "dependency").Select(dependency => dependency.Attribute("id")!.Value)
                .Where(name => name.StartsWith("Headrace.", StringComparison.Ordinal)).Except(Ours).ShouldBeEmpty(id);
        }

        using var client = ZipFile.OpenRead(packages.Single(package => Path.GetFileName(package).StartsWith("Headrace.Client.", StringComparison.Ordinal)));
        Text(Specification(client), "readme").ShouldBe("README.md");
        using var readme = new StreamReader(client.GetEntry("README.md").ShouldNotBeNull().Open());
        (await readme.ReadToEndAsync()).ShouldStartWith("# Headrace.Client");
    }

    private static async Task<CommandResult> PackAsync(string project, string output)
    {
        // The tests' own build has built it.
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Name;
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        var start = new ProcessStartInfo(
            root is null ? "dotnet" : Path.Combine(root, "dotnet"),
            ["pack", Path.Combine(BuiltCommand.RepositoryRoot, "src", project), "--configuration", configuration, "--no-build", "--output", output, "-nodeReuse:false"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        await using var packing = RunningProcess.Start(start);
        return await packing.EndAsync();
    }

    private static XDocument Specification(ZipArchive archive)
    {
        using var nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec);
    }

    private static IEnumerable<XElement> Named(XDocument document, string name) => document.Descendants().Where(element => element.Name.LocalName == name);

    private static string? Text(XDocument document, string name) => Named(document, name).FirstOrDefault()?.Value;
}
