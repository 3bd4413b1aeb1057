namespace Headrace.Client;

/// <summary>Headers that a call carries besides the usual ones, and those of Headrace's own that it was answered with. One call's; not thread-safe.</summary>
internal sealed class CallHeaders
{
    private const string Ours = "x-headrace-";

    private readonly Dictionary<string, string> _answered = new(StringComparer.OrdinalIgnoreCase);

    public List<(string Name, string Value)> Sent { get; } = [];

    /// <summary>A header of the answer; null: it has none of that name.</summary>
    public string? Answered(string name) => _answered.GetValueOrDefault(name);

    public void AddTo(HttpRequestMessage request)
    {
        foreach (var (name, value) in Sent)
            request.Headers.TryAddWithoutValidation(name, value);
    }

    public void ReadFrom(HttpResponseMessage response)
    {
        _answered.Clear();
        foreach (var (name, values) in response.Headers)
        {
            if (name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase))
                _answered[name] = string.Join(',', values);
        }
    }
}
