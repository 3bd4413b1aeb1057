using System.Reflection;
using System.Xml.Linq;

namespace Headrace.Architecture.Tests;

/// <summary>Who may use whom: arrows point one way, and each technique has its rooms.</summary>
public sealed class RoomTests
{
    private const string Prefix = "Headrace.";

    /// <summary>Each room with the rooms that it may use; docs/architecture.md draws it.</summary>
    public static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Files"] = [],
        ["Protocol"] = [],
        ["ControlPlane"] = [],
        ["Jq"] = [],
        ["ShardLog"] = ["Files"],
        ["Streams"] = ["ShardLog", "ControlPlane", "Protocol", "Files"],
        ["Buckets"] = ["ControlPlane", "Files"],
        ["Delivery"] = ["Streams", "Buckets", "ShardLog", "ControlPlane", "Protocol", "Files", "Jq"],
        ["Server"] = ["Delivery", "Streams", "Buckets", "ShardLog", "ControlPlane", "Protocol", "Files", "Jq"],
        ["Client"] = ["Protocol", "Files"],
        ["Pipelines"] = ["Client", "Protocol", "Files", "Jq"],
        ["Cli"] = ["Server", "Delivery", "Streams", "Buckets", "ShardLog", "ControlPlane", "Protocol", "Files", "Client", "Pipelines", "Jq"],
    };

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Fact]
    public void EveryRoomIsListed() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)[Prefix.Length..])
            .ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ARoomUsesOnlyTheRoomsThatItMay(string room) =>
        UsedBy(room).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Except(Allowed[room]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Rooms))]
    public void AProjectReferencesOnlyTheRoomsThatItMay(string room) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", Prefix + room, $"{Prefix}{room}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)[Prefix.Length..]).Except(Allowed[room]).ShouldBeEmpty();

    [Theory]
    [InlineData("Microsoft.AspNetCore", "Server", "Cli")]
    [InlineData("Microsoft.Data.Sqlite", "ControlPlane", "Streams", "Buckets", "Delivery")]
    [InlineData("AWSSDK", "Client", "Cli")]
    [InlineData("Spectre.Console", "Cli")]
    [InlineData("YamlDotNet", "Pipelines")]
    [InlineData("System.CommandLine", "Cli")]
    public void ATechniqueStaysInItsRooms(string assembly, params string[] rooms) =>
        Allowed.Keys.Except(rooms).Where(room => UsedBy(room).Any(name => name.StartsWith(assembly, StringComparison.Ordinal))).ShouldBeEmpty();

    /// <summary>Files calls the kernel and Jq calls libjq (docs/decisions/0007-jq-through-libjq.md); nobody else leaves .NET.</summary>
    [Fact]
    public void OnlyFilesAndJqCallTheSystem() =>
        Allowed.Keys.Except(["Files", "Jq"]).Where(room => Load(room).GetTypes().SelectMany(AllMethods).Any(IsNative)).ShouldBeEmpty();

    internal static Assembly Load(string room) => Assembly.Load(room == "Cli" ? "headrace" : Prefix + room);

    private static IEnumerable<string> UsedBy(string room) => Load(room).GetReferencedAssemblies().Select(reference => reference.Name!);

    private static IEnumerable<MethodInfo> AllMethods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static bool IsNative(MethodInfo method) => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl);
}
