using System.Text;

namespace Headrace.Jq;

/// <summary>What jq says of what went wrong, in one line.</summary>
internal static class JqMessages
{
    /// <summary>The message of an invalid value, which it frees; null when it has none. An error that is no text is written as JSON, as the jq command does.</summary>
    public static string? Error(JqValue invalid)
    {
        var message = Libjq.jv_invalid_get_msg(invalid);
        return Libjq.jv_get_kind(message) switch
        {
            Libjq.Invalid or Null => null,
            Libjq.String => TakeText(message),
            _ => "(not a string): " + TakeText(Libjq.jv_dump_string(message, 0)),
        };
    }

    /// <summary>What <c>halt_error</c> said; null after <c>halt</c>, which leaves no exit code.</summary>
    public static string? HaltError(nint program)
    {
        var code = Libjq.jq_get_exit_code(program);
        var isError = Libjq.jv_get_kind(code) == Number && Libjq.jv_number_value(code) != 0;
        Libjq.jv_free(code);
        if (!isError)
            return null;
        var message = Libjq.jq_get_error_message(program);
        return "halt_error: " + TakeText(Libjq.jv_get_kind(message) == Libjq.String ? message : Libjq.jv_dump_string(message, 0)).TrimEnd('\n');
    }

    /// <summary>The compiler's messages: without the count at their end, and without advice about shells, where there is none.</summary>
    public static string Compilation(IEnumerable<string> messages)
    {
        var text = string.Join("; ", messages.Where(message => !IsCount(message)).Select(message => message
            .Replace("jq: error: ", "", StringComparison.Ordinal)
            .Replace(" (Unix shell quoting issues?)", "", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal)
            .TrimEnd(' ', ':')));
        return text.Length == 0 ? "the filter does not compile" : text;
    }

    private const int Null = 1;
    private const int Number = 4;

    private static bool IsCount(string message) => message.Contains("compile error", StringComparison.Ordinal) && message.StartsWith("jq: ", StringComparison.Ordinal) && char.IsAsciiDigit(message[4]);

    private static string TakeText(JqValue text)
    {
        var result = Encoding.UTF8.GetString(Libjq.Bytes(text));
        Libjq.jv_free(text);
        return result;
    }
}
