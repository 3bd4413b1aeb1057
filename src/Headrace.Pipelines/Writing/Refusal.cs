using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Tells what a record is to blame for from what it is not.</summary>
internal static class Refusal
{
    /// <summary>The service refuses the record itself, now and later; a missing stream or right is nothing that the record can help.</summary>
    public static bool IsOfRecord(KinesisException e) => e.ErrorType is "ValidationException" or "InvalidArgumentException" or "SerializationException"
        or "RequestEntityTooLargeException" || e.StatusCode == System.Net.HttpStatusCode.RequestEntityTooLarge;
}
