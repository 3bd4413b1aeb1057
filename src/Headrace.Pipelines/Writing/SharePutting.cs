namespace Headrace.Pipelines;

/// <summary>An <see cref="OutputShare"/> that is being put, output after output. One outlet's: not thread-safe.</summary>
internal sealed class SharePutting
{
    private readonly OutputShare _share;
    private readonly TaskCompletionSource<ShareResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private int _settled;
    private ShareResult _soFar;

    public SharePutting(OutputShare share)
    {
        _share = share;
        EndWhenSettled();
    }

    /// <summary>Ends when all are settled, or with the failure that keeps one from it.</summary>
    public Task<ShareResult> Result => _result.Task;

    /// <summary>The next output that nobody has taken; false when there is none.</summary>
    public bool TryPeek(out RoutedOutput output)
    {
        output = _next < _share.Outputs.Count ? _share.Outputs[_next] : default;
        return _next < _share.Outputs.Count;
    }

    public void Take() => _next++;

    /// <summary>The next output is there already.</summary>
    public void TakeRepeated()
    {
        Take();
        Settle(isRepeated: true);
    }

    /// <summary>One that was taken is durable.</summary>
    public void Settle(bool isRepeated)
    {
        _settled++;
        if (isRepeated)
            _soFar = _soFar with { Repeated = _soFar.Repeated + 1 };
        EndWhenSettled();
    }

    /// <summary>One that was taken will never be durable here; ends when it is somewhere else.</summary>
    public async Task RefuseAsync(RoutedOutput output, string reason)
    {
        await _share.RefuseAsync(new RefusedOutput(output, reason));
        _settled++;
        _soFar = _soFar with { Refused = _soFar.Refused + 1 };
        EndWhenSettled();
    }

    public void Fail(Exception failure) => _result.TrySetException(failure);

    private void EndWhenSettled()
    {
        if (_settled == _share.Outputs.Count)
            _result.TrySetResult(_soFar);
    }
}
