using System.Runtime.InteropServices;

namespace Headrace.Jq;

/// <summary>
/// libjq's <c>jv</c>: 16 bytes, passed by value. It counts its references: a function that takes one also frees it, unless libjq's
/// manual says otherwise.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct JqValue
{
    private readonly ulong _kindAndSize;
    private readonly ulong _pointerOrNumber;
}
