using System.Runtime.InteropServices;
using Headrace.ShardLog.Committing;
using Headrace.ShardLog.Frames;

namespace Headrace.ShardLog;

// Appending: batches are copied into the frame that is being filled, and wait for the committer.
public sealed partial class SegmentedLog
{
    // Guarded by _lock.
    private CommitBuffer _filling;
    private CommitBuffer _spare;
    private TaskCompletionSource? _room;
    private bool _committing;
    private bool _closed;
    private Exception? _broken;

    public ValueTask AppendAsync(RecordBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Count == 0)
            return ValueTask.CompletedTask;
        if (batch.Bytes.Length > FrameHeader.MaxPayloadLength)
            throw new ArgumentException($"A batch has at most {FrameHeader.MaxPayloadLength} bytes, not {batch.Bytes.Length}.", nameof(batch));
        cancellation.ThrowIfCancellationRequested();
        return TryEnqueue(batch, out var room) ? batch.Completion : EnqueueWhenRoomAsync(batch, room, cancellation);
    }

    private async ValueTask EnqueueWhenRoomAsync(RecordBatch batch, Task room, CancellationToken cancellation)
    {
        do
        {
            await room.WaitAsync(cancellation);
        }
        while (!TryEnqueue(batch, out room));
        await batch.Completion;
    }

    /// <summary>Puts a batch into the filling frame; false when that has no room, which <paramref name="room"/> then announces.</summary>
    private bool TryEnqueue(RecordBatch batch, out Task room)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_broken is { } broken)
                throw Unavailable(broken);
            room = Task.CompletedTask;
            if (!_filling.IsEmpty && _filling.Length + batch.Bytes.Length > MaxFrameBytes)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
                return false;
            }
            // Where memory runs out, it does so before a position is taken.
            _filling.EnsureRoom(batch);
            AssignPositions(batch);
            Traces.Note(batch);
            batch.Begin();
            _filling.Add(batch);
            if (!_committing)
            {
                _committing = true;
                ThreadPool.UnsafeQueueUserWorkItem(_ => Commit(), null);
            }
            return true;
        }
    }

    private void AssignPositions(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var shard = batch.ShardOf(i);
            ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(_written, shard, out _);
            batch.SetPosition(i, next);
            _filling.Note(shard, next);
            next++;
        }
        batch.Placed?.Invoke(batch);
    }
}
