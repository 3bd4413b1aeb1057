using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Headrace.Jq;

/// <summary>
/// Not thread-safe: a compiled jq filter, which turns one JSON text in UTF-8 into any number of others; several threads take theirs from a
/// <see cref="JqProgramPool"/>. What jq 1.6 does it does: numbers are doubles, inputs nest at most 256 deep. A program that never
/// ends holds its thread: jq has no way to stop it.
/// </summary>
public sealed unsafe class JqProgram : IDisposable
{
    // What jq writes instead of what nests too deep.
    private static ReadOnlySpan<byte> Stripped => "<stripped: exceeds max depth>"u8;
    private const int MaxOutputDepth = 256;

    private nint _program;

    private JqProgram(string filter)
    {
        Filter = filter;
        _program = Libjq.jq_init();
        if (_program == 0)
            throw new InvalidOperationException("jq could not be started: it had no memory");
    }

    ~JqProgram() => Free();

    /// <summary>The filter as it was written.</summary>
    public string Filter { get; }

    /// <summary>Compiles a filter. This takes jq some ten milliseconds: keep the program.</summary>
    /// <exception cref="JqSyntaxException">jq does not understand it.</exception>
    /// <exception cref="LibjqMissingException">jq is not installed.</exception>
    public static JqProgram Compile(string filter)
    {
        Libjq.Load();
        if (filter.Contains('\0', StringComparison.Ordinal))
            throw new JqSyntaxException("a filter cannot hold the character U+0000");
        var program = new JqProgram(filter);
        try
        {
            program.Compile();
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs over one JSON text. <paramref name="outputs"/> then holds what the program gave, also before it failed.
    /// The filter's <c>halt</c> ends the run; <c>halt_error</c> fails it.
    /// </summary>
    /// <returns>Null, or why it failed.</returns>
    public JqFault? Run(ReadOnlySpan<byte> json, JqOutputs outputs)
    {
        ObjectDisposedException.ThrowIf(_program == 0, this);
        outputs.Clear();
        // jq would put U+FFFD in place of what is no UTF-8, and nobody would notice.
        if (!Utf8.IsValid(json))
            return new JqFault(JqStage.Input, "the input is not valid UTF-8");
        if (Parse(json, out var input) is { } fault)
            return fault;
        Libjq.jq_start(_program, input, 0);
        fault = Collect(outputs);
        GC.KeepAlive(this);
        return fault;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_program != 0)
            Libjq.jq_teardown(ref _program);
    }

    private void Compile()
    {
        var messages = new List<string>();
        var handle = GCHandle.Alloc(messages);
        try
        {
            // Modules are looked for nowhere: a filter is whole in itself.
            Libjq.jq_set_attr(_program, Text("JQ_LIBRARY_PATH"u8), Libjq.jv_array());
            Libjq.jq_set_error_cb(_program, &TakeMessage, GCHandle.ToIntPtr(handle));
            fixed (byte* text = Encoding.UTF8.GetBytes(Filter + '\0'))
            {
                if (Libjq.jq_compile(_program, text) == 0)
                    throw new JqSyntaxException(JqMessages.Compilation(messages));
            }
        }
        finally
        {
            // Teardown reports nothing, but the list must not be reachable from jq any longer.
            Libjq.jq_set_error_cb(_program, null, 0);
            handle.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static void TakeMessage(nint data, JqValue message)
    {
        if (GCHandle.FromIntPtr(data).Target is List<string> messages && Libjq.jv_get_kind(message) == Libjq.String)
            messages.Add(Encoding.UTF8.GetString(Libjq.Bytes(message)));
        Libjq.jv_free(message);
    }

    private static JqValue Text(ReadOnlySpan<byte> text)
    {
        fixed (byte* bytes = text)
            return Libjq.jv_string_sized(bytes, text.Length);
    }

    private static JqFault? Parse(ReadOnlySpan<byte> json, out JqValue input)
    {
        var parser = Libjq.jv_parser_new(0);
        try
        {
            fixed (byte* bytes = json)
            {
                Libjq.jv_parser_set_buf(parser, bytes, json.Length, 0);
                input = Libjq.jv_parser_next(parser);
                if (Libjq.jv_get_kind(input) == Libjq.Invalid)
                    return new JqFault(JqStage.Input, JqMessages.Error(input) ?? "the input is empty");
                var more = Libjq.jv_parser_next(parser);
                if (Libjq.jv_get_kind(more) != Libjq.Invalid)
                {
                    Libjq.jv_free(more);
                    Libjq.jv_free(input);
                    return new JqFault(JqStage.Input, "the input has more than one JSON text");
                }
                if (JqMessages.Error(more) is not { } message)
                    return null;
                Libjq.jv_free(input);
                return new JqFault(JqStage.Input, message);
            }
        }
        finally
        {
            Libjq.jv_parser_free(parser);
        }
    }

    private JqFault? Collect(JqOutputs outputs)
    {
        for (; ; )
        {
            var output = Libjq.jq_next(_program);
            if (Libjq.jv_get_kind(output) == Libjq.Invalid)
            {
                var message = JqMessages.Error(output);
                if (Libjq.jq_halted(_program) != 0)
                    message = JqMessages.HaltError(_program);
                return message is null ? null : new JqFault(JqStage.Program, message);
            }
            var json = Libjq.jv_dump_string(output, 0);
            var bytes = Libjq.Bytes(json);
            var isWhole = !IsStripped(bytes);
            if (isWhole)
                outputs.Add(bytes);
            Libjq.jv_free(json);
            if (!isWhole)
                return new JqFault(JqStage.Output, $"an output nests deeper than {MaxOutputDepth}");
        }
    }

    /// <summary>Whether jq left something out. Its mark is no JSON, unlike the same words in data.</summary>
    private static bool IsStripped(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf(Stripped) < 0)
            return false;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 2 * MaxOutputDepth });
            while (reader.Read())
            {
            }
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}
