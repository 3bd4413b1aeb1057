using System.Text;
using System.Text.Json;

namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>The file that all workers of a test append their lines to: the system puts them in one order.</summary>
internal sealed class GroupLog(string path)
{
    /// <summary>Makes a command append its standard output to the file.</summary>
    public IReadOnlyList<string> Launcher { get; } = ["/bin/sh", "-c", $"exec \"$@\" >> '{path}'", "sh"];

    /// <summary>What whole lines there are now.</summary>
    public List<GroupRecord> Read()
    {
        if (!File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static GroupRecord Parse(string line)
    {
        using var record = JsonDocument.Parse(line);
        var root = record.RootElement;
        return new GroupRecord(
            root.GetProperty("shardId").GetString()!,
            root.GetProperty("sequenceNumber").GetString()!,
            root.GetProperty("partitionKey").GetString()!,
            root.GetProperty("data").GetProperty("n").GetInt32());
    }
}
