using System.Buffers.Binary;

namespace Headrace.Buckets.Bodies;

/// <summary>A file that holds an object's bytes, or those of one part of it. Never changed once written.</summary>
/// <param name="Id">Names the file.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct BodyFile(Guid Id, long Length)
{
    private const int IdSize = 16;
    private const int Size = IdSize + sizeof(long);

    /// <summary>A list of files as the control database keeps it: 24 bytes for each, id and length, big-endian.</summary>
    public static byte[] Pack(IReadOnlyList<BodyFile> files)
    {
        var packed = new byte[files.Count * Size];
        for (var i = 0; i < files.Count; i++)
        {
            var at = packed.AsSpan(i * Size, Size);
            files[i].Id.TryWriteBytes(at, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(at[IdSize..], files[i].Length);
        }
        return packed;
    }

    public static BodyFile[] Unpack(ReadOnlySpan<byte> packed)
    {
        var files = new BodyFile[packed.Length / Size];
        for (var i = 0; i < files.Length; i++)
        {
            var at = packed.Slice(i * Size, Size);
            files[i] = new BodyFile(new Guid(at[..IdSize], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(at[IdSize..]));
        }
        return files;
    }
}
