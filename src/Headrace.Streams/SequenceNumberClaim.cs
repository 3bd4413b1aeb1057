using System.Globalization;
using System.Numerics;

namespace Headrace.Streams;

/// <summary>
/// What a number that a client takes for a sequence number says, in any of the three forms that AWS's have had, whether or not it was
/// ever given out. Ours have the newest form, see <see cref="SequenceNumber"/>.
/// </summary>
/// <param name="Version">0, 1 or 2.</param>
/// <param name="ShardIndex">The shard that it is of.</param>
/// <param name="ShardCreatedSeconds">When that shard was opened.</param>
/// <param name="ArrivalSeconds">When the record arrived; 0 in the oldest form, which doesn't say.</param>
internal readonly record struct SequenceNumberClaim(int Version, int ShardIndex, long ShardCreatedSeconds, long ArrivalSeconds)
{
    /// <summary>AWS refuses times from the year 2477 on.</summary>
    private const long LatestSecond = 16_025_175_000;

    private static readonly BigInteger OldestFirst = BigInteger.One << 124;
    private static readonly BigInteger OldestEnd = BigInteger.One << 129;
    private static readonly BigInteger NewerFirst = (BigInteger.One << 185) + 1;
    private static readonly BigInteger NewerEnd = (BigInteger.One << 185) + (BigInteger.One << 184);

    /// <summary>A number as AWS shows it: what lies below the oldest form is taken for its lower digits.</summary>
    public static string Shown(string text)
    {
        var number = Parse(text);
        return number < OldestFirst ? (number + OldestFirst).ToString(CultureInfo.InvariantCulture) : text;
    }

    /// <summary>Reads decimal digits; false where they have none of the forms.</summary>
    public static bool TryParse(string text, out SequenceNumberClaim claim)
    {
        claim = default;
        var number = Parse(text);
        if (number < OldestFirst)
            number += OldestFirst;
        var hex = number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        if (number < OldestEnd)
            claim = new SequenceNumberClaim(0, (int)Field(hex, 28, 4), Field(hex, 1, 9), 0);
        else if (number >= NewerFirst && number < NewerEnd && hex[^1] == '1')
            claim = new SequenceNumberClaim(1, (int)Field(hex, 38, 8), Field(hex, 1, 9), Field(hex, 13, 9));
        else if (number >= NewerFirst && number < NewerEnd && hex[^1] == '2' && hex[11] <= '7')
            claim = new SequenceNumberClaim(2, (int)Field(hex, 38, 8), Field(hex, 1, 9), Field(hex, 29, 9));
        else
            return false;
        return claim.ShardIndex >= 0 && (claim.Version == 1 || claim.ShardCreatedSeconds < LatestSecond);
    }

    private static BigInteger Parse(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Field(string hex, int start, int length) => long.Parse(hex.AsSpan(start, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
