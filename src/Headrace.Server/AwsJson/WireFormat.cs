namespace Headrace.Server.AwsJson;

/// <summary>How a request's body is written, and so its answer's.</summary>
internal enum WireFormat
{
    /// <summary><c>application/x-amz-json-1.1</c></summary>
    Json,

    /// <summary><c>application/x-amz-cbor-1.1</c>, which AWS's SDK for Java and the KCL speak.</summary>
    Cbor,
}
