using System.Reflection;
using System.Runtime.InteropServices;

namespace Headrace.Jq;

/// <summary>The functions of Debian's libjq that a program needs, and finding the library when the first one is compiled.</summary>
internal static unsafe partial class Libjq
{
    internal const int Invalid = 0;
    internal const int String = 5;

    private const string Library = "libjq.so.1";
    private static readonly Lock Loading = new();
    private static bool _loaded;

    /// <summary>Loads the library once.</summary>
    /// <exception cref="LibjqMissingException">It is not installed.</exception>
    public static void Load()
    {
        lock (Loading)
        {
            if (_loaded)
                return;
            if (!NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out _))
                throw new LibjqMissingException();
            _loaded = true;
            // Regular expressions set themselves up when first used, and not under a lock of their own.
            using var program = JqProgram.Compile("test(\"a\")");
            program.Run("\"a\""u8, new JqOutputs());
        }
    }

    /// <summary>The bytes of a string, which stay where they are as long as the value is held.</summary>
    public static ReadOnlySpan<byte> Bytes(JqValue text) => new(jv_string_value(text), jv_string_length_bytes(jv_copy(text)));

    [LibraryImport(Library)]
    internal static partial nint jq_init();

    [LibraryImport(Library)]
    internal static partial void jq_teardown(ref nint program);

    [LibraryImport(Library)]
    internal static partial void jq_set_error_cb(nint program, delegate* unmanaged<nint, JqValue, void> callback, nint data);

    [LibraryImport(Library)]
    internal static partial void jq_set_attr(nint program, JqValue name, JqValue value);

    [LibraryImport(Library)]
    internal static partial int jq_compile(nint program, byte* filter);

    [LibraryImport(Library)]
    internal static partial void jq_start(nint program, JqValue input, int flags);

    [LibraryImport(Library)]
    internal static partial JqValue jq_next(nint program);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int jq_halted(nint program);

    [LibraryImport(Library)]
    internal static partial JqValue jq_get_exit_code(nint program);

    [LibraryImport(Library)]
    internal static partial JqValue jq_get_error_message(nint program);

    [LibraryImport(Library)]
    internal static partial nint jv_parser_new(int flags);

    [LibraryImport(Library)]
    internal static partial void jv_parser_set_buf(nint parser, byte* text, int length, int isPartial);

    [LibraryImport(Library)]
    internal static partial JqValue jv_parser_next(nint parser);

    [LibraryImport(Library)]
    internal static partial void jv_parser_free(nint parser);

    [LibraryImport(Library)]
    internal static partial JqValue jv_dump_string(JqValue value, int flags);

    [LibraryImport(Library)]
    internal static partial JqValue jv_string_sized(byte* text, int length);

    [LibraryImport(Library)]
    internal static partial JqValue jv_array();

    [LibraryImport(Library)]
    internal static partial double jv_number_value(JqValue number);

    [LibraryImport(Library)]
    internal static partial JqValue jv_invalid_get_msg(JqValue invalid);

    [LibraryImport(Library)]
    internal static partial void jv_free(JqValue value);

    // These look at a value and return at once.
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial JqValue jv_copy(JqValue value);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int jv_get_kind(JqValue value);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    private static partial byte* jv_string_value(JqValue text);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    private static partial int jv_string_length_bytes(JqValue text);
}
