using System.Globalization;
using System.Text;

namespace Headrace.Server.S3.Payload;

/// <summary>The trailing headers of an aws-chunked body: those that x-amz-trailer announced, each once, and nothing else.</summary>
internal sealed class TrailerSection(IReadOnlyCollection<string> announced)
{
    private const string SignatureName = "x-amz-trailer-signature";
    private const int MaxBytes = 16 * 1024;

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>By lower-case name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>What x-amz-trailer-signature says; null without it.</summary>
    public string? Signature { get; private set; }

    /// <summary>Takes in one line <c>name:value</c>.</summary>
    /// <exception cref="S3Exception">MalformedTrailerError.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        _bytes += line.Length;
        // AWS's own example ends the last trailer with a line feed of its own before the carriage return.
        if (line.EndsWith("\n"u8))
            line = line[..^1];
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || _bytes > MaxBytes || line.ContainsAnyInRange((byte)0, (byte)0x1f))
            throw PayloadErrors.Trailer();
        var name = Encoding.Latin1.GetString(line[..colon]).ToLower(CultureInfo.InvariantCulture);
        var value = Encoding.Latin1.GetString(line[(colon + 1)..]).Trim(' ');
        if (Signature is not null)
            throw PayloadErrors.Trailer();
        if (name == SignatureName)
            Signature = value;
        else if (!announced.Contains(name) || !_values.TryAdd(name, value))
            throw PayloadErrors.Trailer();
    }

    /// <summary>Checks that every trailer announced has come, and their signature.</summary>
    /// <param name="signatures">Null where signatures are not verified.</param>
    /// <exception cref="S3Exception">MalformedTrailerError or SignatureDoesNotMatch.</exception>
    public void Complete(ChunkSignatures? signatures)
    {
        if (_values.Count < announced.Count)
            throw PayloadErrors.Trailer();
        signatures?.VerifyTrailers(string.Concat(_values.Select(trailer => $"{trailer.Key}:{trailer.Value}\n")), Signature ?? "");
    }
}
