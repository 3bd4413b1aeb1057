using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Headrace.Server.AwsJson;
using Headrace.Streams.Producers;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Kinesis.Producers;

/// <summary>
/// The extension of PutRecord and PutRecords that numbers records (docs/idempotent-producer.md): headers, since every SDK can send
/// them, in either format, and AWS passes over them.
/// </summary>
internal static partial class ProducerHeaders
{
    private const string Producer = "x-headrace-producer";
    private const string Numbers = "x-headrace-numbers";
    private const string After = "x-headrace-after";
    private const string Position = "x-headrace-position";
    private const string Committed = "x-headrace-committed";
    private const string Dropped = "x-headrace-dropped";
    private const int MaxPositionBytes = 1024;

    /// <summary>What a producer may be called.</summary>
    public static readonly Regex NamePattern = NameExpression();

    /// <summary>Whether the request's records are numbered.</summary>
    public static bool Has(HttpRequest request) => request.Headers.ContainsKey(Producer);

    /// <exception cref="WireException">InvalidArgumentException: a header isn't as it must be.</exception>
    public static NumberedPut Read(HttpRequest request, int records)
    {
        var name = request.Headers[Producer].ToString();
        if (!NamePattern.IsMatch(name))
            throw Invalid($"{Producer} must be 1 to 128 of the characters a-z, A-Z, 0-9, _, -, ., :, / and +, not '{name}'.");
        var numbers = ReadNumbers(request.Headers[Numbers].ToString(), records);
        var position = request.Headers[Position] is { Count: > 0 } text ? text.ToString() : null;
        if (position is not null && Encoding.UTF8.GetByteCount(position) > MaxPositionBytes)
            throw Invalid($"{Position} must have at most {MaxPositionBytes} bytes.");
        return new NumberedPut(name, numbers[0])
        {
            Numbers = numbers.Count > 1 ? numbers : null,
            After = request.Headers[After] is { Count: > 0 } after ? ReadNumber(After, after.ToString()) : null,
            Position = position,
        };
    }

    public static void Answer(HttpResponse response, NumberedPutResult result)
    {
        if (result.Committed is { } committed)
            response.Headers[Committed] = committed.ToString(CultureInfo.InvariantCulture);
        response.Headers[Dropped] = result.Dropped.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One number, the first record's, which the others follow; or one for each record.</summary>
    private static List<long> ReadNumbers(string text, int records)
    {
        var numbers = new List<long>();
        foreach (var part in text.AsSpan().Split(','))
        {
            var number = ReadNumber(Numbers, text.AsSpan(part).Trim());
            if (numbers.Count > 0 && number < numbers[^1])
                throw Invalid($"{Numbers} must not descend: {number} comes after {numbers[^1]}.");
            numbers.Add(number);
        }
        if (numbers.Count != 1 && numbers.Count != records)
            throw Invalid($"{Numbers} must have one number, or one for each of the {records} records, not {numbers.Count}.");
        if (numbers[0] > long.MaxValue - records)
            throw Invalid($"{Numbers} ends at {long.MaxValue}.");
        return numbers;
    }

    private static long ReadNumber(string header, ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid($"{header} must hold whole numbers from 0 to {long.MaxValue}, not '{text}'.");

    private static WireException Invalid(string message) => new(400, "InvalidArgumentException", message);

    [GeneratedRegex(@"\A[a-zA-Z0-9_.:/+-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NameExpression();
}
