using System.Runtime.InteropServices;

namespace Headrace.Cli.CommandLine;

/// <summary>
/// The user's or the system's wish that the command ends: the first SIGINT, SIGTERM or SIGHUP cancels <see cref="Token"/>,
/// a second one ends the process at once. Thread-safe.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile bool _terminated;

    /// <summary>Cancelled as soon as the command shall end.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsRequested => _source.IsCancellationRequested;

    /// <summary>True when it was SIGTERM: a supervisor's orderly stop, not a person's Ctrl-C.</summary>
    public bool IsTermination => _terminated;

    /// <summary>The exit code of a command whose work was cut short.</summary>
    public int ExitCode => _terminated ? ExitCodes.Terminated : ExitCodes.Interrupted;

    public void ListenToSignals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    /// <summary>Asks the command to end, as SIGTERM (<paramref name="termination"/>) or as SIGINT would.</summary>
    public void Request(bool termination = false)
    {
        _terminated = termination;
        _source.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (IsRequested)
            Environment.Exit(ExitCode);
        Request(context.Signal == PosixSignal.SIGTERM);
    }
}
