namespace Headrace.Delivery.Processing;

/// <summary>What <c>!{firehose:error-output-type}</c> stands for.</summary>
internal static class ErrorOutputTypes
{
    public const string ProcessingFailed = "processing-failed";
    public const string DecompressionFailed = "decompression-failed";
    public const string FormatConversionFailed = "format-conversion-failed";
    public const string HttpEndpointFailed = "http-endpoint-failed";
    public const string FormatValidationFailed = "format-validation-failed";
    public const string ActivePartitionExceeded = "activePartitionExceeded";
}
