using System.Text;

namespace Headrace.Server.AwsCbor;

/// <summary>Which members of a service's structures look different in CBOR and in JSON. A name means the same everywhere in a service.</summary>
internal sealed class WireMembers
{
    private readonly (byte[] Name, MemberKind Kind)[] _members;

    /// <param name="blobs">Names of members that are bytes.</param>
    /// <param name="timestamps">Names of members that are times.</param>
    /// <param name="maps">Names of members that are maps.</param>
    public WireMembers(IEnumerable<string> blobs, IEnumerable<string> timestamps, IEnumerable<string> maps) =>
        _members = [.. Of(blobs, MemberKind.Blob), .. Of(timestamps, MemberKind.Timestamp), .. Of(maps, MemberKind.Map)];

    public MemberKind KindOf(ReadOnlySpan<byte> name)
    {
        foreach (var (known, kind) in _members)
        {
            if (name.SequenceEqual(known))
                return kind;
        }
        return MemberKind.Plain;
    }

    private static IEnumerable<(byte[] Name, MemberKind Kind)> Of(IEnumerable<string> names, MemberKind kind) =>
        names.Select(name => (Encoding.UTF8.GetBytes(name), kind));
}
