using System.Text;

namespace Headrace.Pipelines.Tests;

/// <summary>A user session that somebody has spoilt in one of the ways in which records are spoilt in practice.</summary>
/// <param name="Json">Its bytes.</param>
/// <param name="Stage">Where it can't go on; in a step it is what <see cref="Stage"/> ends with.</param>
/// <param name="Reason">A part of what is said of it, in C# and in jq.</param>
internal sealed record MutatedSession(byte[] Json, string Stage, string Reason)
{
    /// <summary>What a stream takes, of data and key together.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>One in so many is as large as a record can be.</summary>
    private const int HugeEvery = 100;

    /// <summary>Spoils a session; which way, its number says.</summary>
    public static MutatedSession Of(UserSession session, int number)
    {
        var json = Encoding.UTF8.GetString(session.Json.Span);
        if (number % HugeEvery == 0)
        {
            // It still goes into the source; what the transform adds makes it too large for a destination.
            var rest = $$"""{"padding":"",{{json[1..]}}""";
            return new MutatedSession(
                Encoding.UTF8.GetBytes(rest.Replace("\"padding\":\"\"", $"\"padding\":\"{new string('x', MostBytes - 64 - Encoding.UTF8.GetByteCount(rest))}\"")), "put", "");
        }
        var id = $"\"session_id\":\"{session.SessionId}\"";
        return (number % 11) switch
        {
            0 => new MutatedSession(Spoil(json, id), ParseStep.Stage, "not valid UTF-8"),
            1 => new MutatedSession(Bytes(json[..(json.Length / 2)]), ParseStep.Stage, "not JSON"),
            2 => new MutatedSession(Bytes($"{new string('[', 300)}{json}{new string(']', 300)}"), ParseStep.Stage, "not JSON"),
            3 => new MutatedSession(Bytes(json.Replace(id, "\"session_id\":NaN")), ParseStep.Stage, "not JSON"),
            4 => new MutatedSession(Bytes(json + json), ParseStep.Stage, "not JSON"),
            5 => new MutatedSession([], ParseStep.Stage, "not JSON"),
            6 => new MutatedSession(Bytes(json.Replace(id, "\"session\":1")), "step", "session_id"),
            7 => new MutatedSession(Bytes(json.Replace(id, "\"session_id\":17")), "step", "session_id"),
            8 => new MutatedSession(Bytes(json.Replace("\"browse_history\":[", "\"browse_history\":{},\"history\":[")), "step", "browse_history"),
            9 => new MutatedSession(Bytes(json.Replace("\"quantity\":", "\"quantity\":1.5,\"amount\":")), "step", "quantity"),
            _ => new MutatedSession(Bytes(json.Replace("\"in_shopping_cart\":", "\"in_shopping_cart\":\"maybe\",\"cart\":")), "step", "in_shopping_cart"),
        };
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    /// <summary>Puts a byte that no UTF-8 has into the session's id.</summary>
    private static byte[] Spoil(string json, string id)
    {
        var bytes = Bytes(json);
        bytes[bytes.AsSpan().IndexOf(Bytes(id)) + id.Length - 2] = 0xff;
        return bytes;
    }
}
