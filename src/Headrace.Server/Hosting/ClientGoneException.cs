namespace Headrace.Server.Hosting;

/// <summary>The connection broke before the request was there whole: nobody waits for an answer, and nothing is wrong here.</summary>
internal sealed class ClientGoneException(IOException broken) : OperationCanceledException("The client has gone.", broken);
