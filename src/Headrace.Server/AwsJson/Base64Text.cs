namespace Headrace.Server.AwsJson;

/// <summary>What AWS asks of Base64 and .NET's decoder doesn't: no white space, and no bits behind the last byte.</summary>
internal static class Base64Text
{
    /// <summary>Whether text that was decoded to so many bytes is as strict as AWS wants it.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> base64, int decodedLength)
    {
        if (base64.Length % 4 != 0)
            return false;
        if (base64.IsEmpty)
            return true;
        var padding = base64[^1] != '=' ? 0 : base64[^2] != '=' ? 1 : 2;
        return decodedLength == (base64.Length / 4 * 3) - padding && padding switch
        {
            0 => true,
            1 => (ValueOf(base64[^2]) & 0b11) == 0,
            _ => (ValueOf(base64[^3]) & 0b1111) == 0,
        };
    }

    private static int ValueOf(byte character) => character switch
    {
        >= (byte)'a' => character - 'a' + 26,
        >= (byte)'A' => character - 'A',
        >= (byte)'0' => character - '0' + 52,
        (byte)'+' => 62,
        _ => 63,
    };
}
