using System.Buffers;

namespace Headrace.Jq;

/// <summary>What a program gave, as JSON texts in UTF-8, in memory that is used again run after run. Not thread-safe.</summary>
public sealed class JqOutputs
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];

    /// <summary>How many outputs there are.</summary>
    public int Count => _ends.Count;

    /// <summary>One output; the bytes are another's after the next run.</summary>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.WrittenMemory[start.._ends[index]];
        }
    }

    internal void Clear()
    {
        _bytes.ResetWrittenCount();
        _ends.Clear();
    }

    internal void Add(ReadOnlySpan<byte> json)
    {
        _bytes.Write(json);
        _ends.Add(_bytes.WrittenCount);
    }
}
