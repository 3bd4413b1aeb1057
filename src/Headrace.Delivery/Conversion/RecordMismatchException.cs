namespace Headrace.Delivery.Conversion;

/// <summary>A record can't become a row; the message says why.</summary>
internal sealed class RecordMismatchException(string code, string message) : Exception(message)
{
    public const string ParseError = "DataFormatConversion.ParseError";
    public const string MalformedData = "DataFormatConversion.MalformedData";

    /// <summary>AWS's code.</summary>
    public string Code { get; } = code;

    public static RecordMismatchException Malformed(string column, string why) => new(MalformedData, $"Data does not match the schema. Column {column}: {why}");
}
