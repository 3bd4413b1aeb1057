namespace Headrace.Server.Signing;

/// <summary>A verified Signature Version 4, with all that the signatures of a body's chunks are derived from.</summary>
/// <param name="AccessKeyId">Whose key it is.</param>
/// <param name="Region">The region that it was made for.</param>
/// <param name="Scope">The credential scope, such as <c>20130524/us-east-1/s3/aws4_request</c>.</param>
/// <param name="Timestamp">When the request was signed, such as <c>20130524T000000Z</c>.</param>
/// <param name="SigningKey">The 32 bytes derived from the secret and the scope.</param>
/// <param name="Signature">The request's own signature in 64 lower-case hex digits: the seed of the first chunk's.</param>
internal sealed record RequestSignature(string AccessKeyId, string Region, string Scope, string Timestamp, byte[] SigningKey, string Signature);
