namespace Headrace.Pipelines;

/// <summary>The messages that one page's records have become so far, and the records that are out because of a fault. Not thread-safe.</summary>
internal sealed class StepBatch
{
    private readonly Dictionary<int, RecordFault> _faults = [];
    private readonly List<(Message Message, RecordFault Fault)> _orphanFaults = [];
    private List<Message> _messages;
    private List<Message> _next = [];

    public StepBatch(SourcePage page)
    {
        Page = page;
        _messages = new List<Message>(page.Records.Count);
        for (var i = 0; i < page.Records.Count; i++)
            _messages.Add(new Message(i, page.Records[i].Data));
    }

    /// <summary>Where the messages come from.</summary>
    public SourcePage Page { get; }

    /// <summary>Keeps the bytes that steps make.</summary>
    public RecordArena Arena { get; } = new();

    /// <summary>What the next step takes.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Which records of the page failed, and how; nothing else of them goes on.</summary>
    public IReadOnlyDictionary<int, RecordFault> Faults => _faults;

    /// <summary>Faults of messages that came of no single record, with their own bytes.</summary>
    public IReadOnlyList<(Message Message, RecordFault Fault)> OrphanFaults => _orphanFaults;

    /// <summary>Gives a message to the next step.</summary>
    public void Emit(int origin, ReadOnlyMemory<byte> json) => _next.Add(new Message(origin, json));

    /// <summary>Takes a message's record out as a whole: what else came of it does not go on either.</summary>
    public void Fail(in Message message, string stage, string reason)
    {
        if (message.Origin == Message.NoOrigin)
            _orphanFaults.Add((message, new RecordFault(stage, reason)));
        else
            _faults.TryAdd(message.Origin, new RecordFault(stage, reason));
    }

    /// <summary>What was emitted becomes what the next step takes.</summary>
    public void Advance()
    {
        (_messages, _next) = (_next, _messages);
        _next.Clear();
        if (_faults.Count > 0)
            _messages.RemoveAll(message => _faults.ContainsKey(message.Origin));
    }
}
