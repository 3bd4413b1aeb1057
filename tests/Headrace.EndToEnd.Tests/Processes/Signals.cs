using System.Globalization;
using System.Runtime.InteropServices;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>Sends POSIX signals to processes that the tests started.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;

    /// <summary>What Ctrl-C sends. A process that has ended meanwhile is no mistake.</summary>
    public static void SendInterrupt(int processId) => _ = Kill(processId, Interrupt);

    /// <summary>
    /// Shells start background jobs with SIGINT ignored, and children inherit that: then no child of the tests could be interrupted.
    /// Called before each start; it changes nothing where the signal is not ignored.
    /// </summary>
    public static void StopIgnoringInterrupt()
    {
        const string field = "SigIgn:";
        var ignored = File.ReadLines("/proc/self/status").First(static line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Trim();
        if ((ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1))) != 0)
            SetDisposition(Interrupt, IntPtr.Zero);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial IntPtr SetDisposition(int signal, IntPtr disposition);
}
