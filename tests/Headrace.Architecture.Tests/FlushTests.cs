using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Headrace.Architecture.Tests;

/// <summary>Nothing is flushed by .NET's own calls, which return normally on Linux when the disk refuses: only Files knows how.</summary>
public sealed partial class FlushTests
{
    public static TheoryData<string> Rooms => RoomTests.Rooms;

    [Theory]
    [InlineData("M:System.IO.RandomAccess.FlushToDisk(Microsoft.Win32.SafeHandles.SafeFileHandle)")]
    [InlineData("M:System.IO.FileStream.Flush(System.Boolean)")]
    public void FlushesThatHideFailuresAreBanned(string symbol) =>
        File.ReadLines(Path.Combine(Repository.Root, "BannedSymbols.txt")).ShouldContain(line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    /// <summary>Looked up in what was compiled, where no suppressed warning hides it.</summary>
    [Theory]
    [MemberData(nameof(Rooms))]
    public void NoRoomFlushesByItself(string room)
    {
        using var image = new PEReader(File.OpenRead(RoomTests.Load(room).Location));
        var metadata = image.GetMetadataReader();
        metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => IsHidingFlush(metadata, member))
            .Select(member => metadata.GetString(member.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void NobodyLiftsTheBan() =>
        Repository.Settings().Concat(Repository.Sources("src")).Where(path => Ban().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, path)))).ShouldBeEmpty();

    private static bool IsHidingFlush(MetadataReader metadata, MemberReference member)
    {
        if (member.GetKind() != MemberReferenceKind.Method || member.Parent.Kind != HandleKind.TypeReference)
            return false;
        var type = metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name);
        return (type, metadata.GetString(member.Name)) switch
        {
            ("RandomAccess", "FlushToDisk") => true,
            ("FileStream", "Flush") => ParameterCount(metadata, member) == 1,
            _ => false,
        };
    }

    private static int ParameterCount(MetadataReader metadata, MemberReference member)
    {
        var signature = metadata.GetBlobReader(member.Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    [GeneratedRegex("RS0030", RegexOptions.ExplicitCapture)]
    private static partial Regex Ban();
}
