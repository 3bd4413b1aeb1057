namespace Headrace.Server.S3;

/// <summary>One operation of S3. Stateless; a refusal is an exception that the handler translates.</summary>
internal interface IS3Operation
{
    Task HandleAsync(S3Request request);
}
