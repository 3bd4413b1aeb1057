using System.Text.Json;
using Headrace.Jq;

namespace Headrace.Pipelines;

/// <summary>
/// A jq expression that asks something of a record: a condition, a key, a time. The commonest, a member and a member compared with a
/// literal, are read straight off the bytes; all others run in jq. Not thread-safe.
/// </summary>
internal sealed class Expression : IDisposable
{
    private static readonly ExpressionValue True = new(JsonTokenType.True, "true"u8.ToArray());
    private static readonly ExpressionValue False = new(JsonTokenType.False, "false"u8.ToArray());

    private readonly MemberScan _records;
    private readonly bool _loads;
    private readonly MemberPath? _path;
    private readonly MemberComparison? _comparison;
    private readonly JqOutputs _outputs = new();
    private JqProgram? _program;

    /// <param name="text">The expression.</param>
    /// <param name="records">Shared by expressions that are asked of the same records; then whoever asks loads these first.</param>
    /// <exception cref="JqSyntaxException">It is no jq expression.</exception>
    /// <exception cref="LibjqMissingException">It needs jq, which is not installed.</exception>
    public Expression(string text, MemberScan? records = null)
    {
        Text = text;
        _loads = records is null;
        _records = records ?? new MemberScan();
        _path = MemberPath.TryParse(text, _records);
        _comparison = _path is null ? MemberComparison.TryParse(text, _records) : null;
        if (_path is null && _comparison is null)
            _program = JqProgram.Compile(text);
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Evaluates it for a record. The first output counts; none at all is no value.</summary>
    /// <returns>Null, or why it failed.</returns>
    public string? Evaluate(ReadOnlyMemory<byte> json, out ExpressionValue value)
    {
        if (_loads)
            _records.Load(json);
        if (_path is not null && _path.TryFind(out value))
            return null;
        if (_comparison is not null && _comparison.TryCompare(out var isTrue))
        {
            value = isTrue ? True : False;
            return null;
        }
        // What the short way does not understand is jq's: it knows what to say of it.
        _program ??= JqProgram.Compile(Text);
        var fault = _program.Run(json.Span, _outputs);
        value = _outputs.Count == 0 ? default : ExpressionValue.Of(_outputs[0]);
        return fault?.Message;
    }

    public void Dispose() => _program?.Dispose();
}
