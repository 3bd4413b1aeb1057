using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headrace.Protocol.Aggregation;

/// <summary>Sixteen words, on which one step of MD5 is done at once: two vectors, since the next step of one has to wait for the last.</summary>
internal readonly struct Wide(Vector256<uint> low, Vector256<uint> high)
{
    private readonly Vector256<uint> _low = low;
    private readonly Vector256<uint> _high = high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator +(in Wide left, in Wide right) => new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator +(in Wide left, uint right) => new(left._low + Vector256.Create(right), left._high + Vector256.Create(right));

    /// <summary>The bits of one where the choice has a bit, and of the other where it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Select(in Wide choice, in Wide one, in Wide other) =>
        new(Vector256.ConditionalSelect(choice._low, one._low, other._low), Vector256.ConditionalSelect(choice._high, one._high, other._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Differ(in Wide x, in Wide y, in Wide z) => new(x._low ^ y._low ^ z._low, x._high ^ y._high ^ z._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Mix(in Wide x, in Wide y, in Wide z) => new(y._low ^ (x._low | ~z._low), y._high ^ (x._high | ~z._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wide Rotate([ConstantExpected] byte count) => new(Rotate(_low, count), Rotate(_high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> value, [ConstantExpected] byte count) =>
        Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateLeft(value, count)
            : Vector256.ShiftLeft(value, count) | Vector256.ShiftRightLogical(value, 32 - count);
}
