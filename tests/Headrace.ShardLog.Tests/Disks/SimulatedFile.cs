using Headrace.Files;

namespace Headrace.ShardLog.Tests.Disks;

/// <summary>A file's bytes as programs see them, and as they would be found after a power failure.</summary>
internal sealed class SimulatedFile
{
    private const int Sector = 512;

    private byte[] _durable = [];
    private List<(long Offset, byte[]? Bytes)> _unflushed = [];

    public byte[] Bytes { get; private set; } = [];

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset + bytes.Length > Bytes.Length)
            Resize((int)(offset + bytes.Length));
        bytes.CopyTo(Bytes.AsSpan((int)offset));
        _unflushed.Add((offset, bytes.ToArray()));
    }

    public void SetLength(long length)
    {
        Resize((int)length);
        _unflushed.Add((length, null));
    }

    public void Flush()
    {
        _durable = OnDisk();
        _unflushed = [];
    }

    public void ForgetCached() => Bytes = OnDisk();

    /// <summary>As Linux does: the pages of a failed flush count as clean, so a later flush succeeds without them.</summary>
    public void FailFlush() => _unflushed = [];

    /// <summary>The file after a power failure: of what was not flushed, some sectors are there and others are not.</summary>
    public SimulatedFile AfterPowerFailure(Random random)
    {
        var found = new SimulatedFile { Bytes = [.. _durable] };
        var chance = random.Next(4) / 3.0;
        foreach (var (offset, bytes) in _unflushed)
        {
            if (bytes is null)
                found.SetLength(random.Next(2) == 0 ? offset : found.Bytes.Length);
            for (var at = 0; at < bytes?.Length; at += Sector)
            {
                if (random.NextDouble() < chance)
                    found.Write(bytes.AsSpan(at, Math.Min(Sector, bytes.Length - at)), offset + at);
            }
        }
        return new SimulatedFile { Bytes = found.Bytes, _durable = [.. found.Bytes] };
    }

    /// <summary>The file after the death of the process alone: nothing is lost, and nothing is any more durable.</summary>
    public SimulatedFile Copy() => new() { Bytes = [.. Bytes], _durable = [.. _durable], _unflushed = [.. _unflushed] };

    public void Replace(byte[] bytes)
    {
        Bytes = bytes;
        _durable = [.. bytes];
        _unflushed = [];
    }

    /// <summary>What was flushed and what is still to be; not what a failed flush has given up.</summary>
    private byte[] OnDisk()
    {
        var disk = new SimulatedFile { Bytes = [.. _durable] };
        foreach (var (offset, bytes) in _unflushed)
        {
            if (bytes is null)
                disk.Resize((int)offset);
            else
                disk.Write(bytes, offset);
        }
        return disk.Bytes;
    }

    private void Resize(int length)
    {
        var bytes = Bytes;
        Array.Resize(ref bytes, length);
        Bytes = bytes;
    }
}

/// <summary>One opening of a <see cref="SimulatedFile"/>.</summary>
internal sealed class OpenedFile(SimulatedDisk disk, SimulatedFile file, string path) : IDiskFile
{
    private const int Block = 4096;

    public string Path => path;

    public long Length => file.Bytes.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        lock (disk.Guard)
        {
            disk.Ask(DiskOperation.Read, path);
            var length = (int)Math.Clamp(file.Bytes.Length - offset, 0, buffer.Length);
            file.Bytes.AsSpan((int)Math.Min(offset, file.Bytes.Length), length).CopyTo(buffer);
            return length;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        lock (disk.Guard)
        {
            try
            {
                disk.Ask(DiskOperation.Write, path);
            }
            catch (IOException)
            {
                // A full disk takes the beginning.
                file.Write(bytes[..(bytes.Length / 2)], offset);
                throw;
            }
            file.Write(bytes, offset);
        }
    }

    public void WriteDirect(ReadOnlySpan<byte> bytes, long offset)
    {
        (bytes.Length % Block).ShouldBe(0);
        (offset % Block).ShouldBe(0);
        Write(bytes, offset);
    }

    public void Flush()
    {
        lock (disk.Guard)
        {
            try
            {
                disk.Ask(DiskOperation.Flush, path);
            }
            catch (IOException)
            {
                file.FailFlush();
                throw;
            }
            file.Flush();
        }
    }

    public void ForgetCached()
    {
        lock (disk.Guard)
            file.ForgetCached();
    }

    public void SetLength(long length)
    {
        lock (disk.Guard)
        {
            disk.Ask(DiskOperation.SetLength, path);
            file.SetLength(length);
        }
    }

    public void Reserve(long length)
    {
    }

    public void Dispose()
    {
    }
}
