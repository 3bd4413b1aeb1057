using System.Text;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;

namespace Headrace.Cli.Tests;

/// <summary>Runs command lines in this process and keeps what they said.</summary>
internal sealed class CommandLineRun : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public Interruption Interruption { get; } = new();

    public string Input { get; init; } = "";

    public Dictionary<string, string> Variables { get; } = [];

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public async Task<int> RunAsync(params string[] args)
    {
        var console = new CommandConsole(new MemoryStream(Encoding.UTF8.GetBytes(Input)), new LineOutput(_output), new LockedWriter(_error), Interruption)
        {
            Variable = name => Variables.GetValueOrDefault(name),
        };
        return await CommandLineRunner.RunAsync(args, console);
    }

    public void Dispose() => Interruption.Dispose();

    /// <summary>Lets a test read what is said while a command still runs.</summary>
    private sealed class LockedWriter(StringWriter inner) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            lock (inner)
                inner.Write(value);
        }

        public override void Write(string? value)
        {
            lock (inner)
                inner.Write(value);
        }

        public override void WriteLine(string? value)
        {
            lock (inner)
                inner.WriteLine(value);
        }
    }
}
