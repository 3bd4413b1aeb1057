namespace Headrace.Client;

/// <summary>Nobody handles records any more; what was handled of them is still to be saved.</summary>
internal sealed class LoopLeftException() : OperationCanceledException("the loop that handled the records was left");
