using System.Text;
using Headrace.Delivery.Programs;

namespace Headrace.Delivery.Tests.Programs;

/// <summary>A program that is a test's function of one record's text: its lines are records, and what begins with <c>!</c> is a fault.</summary>
internal sealed class ScriptedProgram(Func<string, string> answer) : IRecordProgram
{
    public Task<IReadOnlyList<ProgramAnswer>> AskAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ProgramAnswer>>([.. records.Select(record => Read(answer(Encoding.UTF8.GetString(record.Span))))]);

    public void Dispose()
    {
    }

    private static ProgramAnswer Read(string text) => text.StartsWith('!')
        ? new ProgramAnswer([], text[1..])
        : new ProgramAnswer([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))], null);
}
