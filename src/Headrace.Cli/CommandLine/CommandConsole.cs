using Headrace.Cli.Output;
using Microsoft.Win32.SafeHandles;

namespace Headrace.Cli.CommandLine;

/// <summary>Everything of its surroundings that a command may touch, so that tests can give it others.</summary>
internal sealed class CommandConsole(Stream input, LineOutput output, TextWriter error, Interruption interruption)
{
    private const int StandardOutput = 1;

    public Stream Input { get; } = input;

    /// <summary>Results only: what another program may read.</summary>
    public LineOutput Output { get; } = output;

    /// <summary>Logs, progress and failures.</summary>
    public TextWriter Error { get; } = TextWriter.Synchronized(error);

    public Interruption Interruption { get; } = interruption;

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Reads an environment variable; null when it is not set or empty.</summary>
    public Func<string, string?> Variable { get; init; } = static name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static CommandConsole OfProcess(Interruption interruption) => new(
        Console.OpenStandardInput(),
        new LineOutput(OpenStandardOutput()),
        Console.Error,
        interruption)
    {
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>Tells the user something that is not a result: one line on standard error.</summary>
    public void Say(string line) => Error.WriteLine($"headrace: {line}");

    /// <summary>
    /// .NET's console stream swallows the failure of writing to a closed pipe, so that <c>consume | head</c> would run on;
    /// a file stream reports it, but writes at an offset of its own, which would overwrite what others append to the same file.
    /// Hence each where it is right.
    /// </summary>
    private static Stream OpenStandardOutput()
    {
        try
        {
            var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }
}
