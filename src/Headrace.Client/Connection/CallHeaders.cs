namespace Headrace.Client;

/// <summary>
/// The format that a call is in, headers that it carries besides the usual ones, and what it was answered with: format and headers of
/// Headrace's own. One call's; not thread-safe.
/// </summary>
internal sealed class CallHeaders
{
    private const string Ours = "x-headrace-";

    private readonly Dictionary<string, string> _answered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The format of the body that is sent.</summary>
    public BodyFormat Format { get; set; }

    /// <summary>The format of the answer's body.</summary>
    public BodyFormat AnsweredIn { get; private set; }

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
        AnsweredIn = BodyFormats.Of(response);
        _answered.Clear();
        foreach (var (name, values) in response.Headers)
        {
            if (name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase))
                _answered[name] = string.Join(',', values);
        }
    }
}
