namespace Headrace.Jq;

/// <summary>jq's library is not on this machine.</summary>
public sealed class LibjqMissingException()
    : Exception("jq expressions need jq's library, libjq.so.1: install Debian's package libjq1 (apt-get install libjq1)");
