using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.Server.S3.Bodies;

namespace Headrace.Server.S3.Forms;

/// <summary>What the signer of a form lets others post: until when, and which fields with which values.</summary>
internal sealed class PostPolicy
{
    // What signs cannot be signed, what nobody reads may hold anything, and a checksum only guards what comes.
    private static readonly string[] Unconditional = ["awsaccesskeyid", "signature", "policy", "file", "x-amz-signature"];

    private readonly List<(string Operator, string Field, string Value)> _conditions = [];
    private readonly DateTimeOffset _expiration;

    private PostPolicy(DateTimeOffset expiration) => _expiration = expiration;

    public long MinLength { get; private set; }

    public long MaxLength { get; private set; } = long.MaxValue;

    /// <param name="encoded">The document in base64.</param>
    /// <exception cref="S3Exception">InvalidPolicyDocument.</exception>
    public static PostPolicy Parse(string encoded)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
            var root = document.RootElement;
            if (!root.TryGetProperty("expiration", out var expiration))
                throw Invalid("Policy missing expiration.");
            if (!DateTimeOffset.TryParseExact(
                expiration.GetString(), ["yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var until))
            {
                throw Invalid("Invalid 'expiration' value: '" + expiration + "'");
            }
            if (!root.TryGetProperty("conditions", out var conditions))
                throw Invalid("Policy missing conditions.");
            var policy = new PostPolicy(until);
            foreach (var condition in conditions.EnumerateArray())
                policy.Add(condition);
            return policy;
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid("Invalid JSON.", failure);
        }
    }

    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void Check(PostForm form, DateTimeOffset now)
    {
        if (_expiration <= now)
            throw Denied("Policy expired.");
        foreach (var (comparison, field, value) in _conditions)
        {
            var posted = form.Field(field);
            var holds = posted is not null && (comparison == "eq" ? posted == value : posted.StartsWith(value, StringComparison.Ordinal));
            if (!holds)
                throw Denied($"Policy Condition failed: [\"{comparison}\", \"${field}\", \"{value}\"]");
        }
        var covered = _conditions.Select(condition => condition.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var extra = form.Fields.Keys.FirstOrDefault(field =>
            !covered.Contains(field) && !Unconditional.Contains(field, StringComparer.OrdinalIgnoreCase) && ChecksumHeaders.OfHeader(field) is null
            && !field.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase));
        if (extra is not null)
            throw Denied("Extra input fields: " + extra);
    }

    private void Add(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            var members = condition.EnumerateObject().ToList();
            if (members is not [var member] || member.Value.ValueKind != JsonValueKind.String)
                throw Invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
            _conditions.Add(("eq", member.Name, member.Value.GetString()!));
            return;
        }
        var parts = condition.EnumerateArray().ToList();
        if (parts is not [{ ValueKind: JsonValueKind.String } comparison, var first, var second])
            throw Invalid("Invalid Condition: wrong number of arguments.");
        switch (comparison.GetString()!.ToLowerInvariant())
        {
            case "content-length-range":
                (MinLength, MaxLength) = (LengthOf(first), LengthOf(second));
                break;
            case ("eq" or "starts-with") and var name when first.GetString() is ['$', .. var field]:
                _conditions.Add((name, field, second.GetString()!));
                break;
            default:
                throw Invalid("Invalid Condition: unknown operation.");
        }
    }

    private static long LengthOf(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : throw Invalid("Invalid content-length-range.");
    }

    private static S3Exception Invalid(string why, Exception? cause = null) => new(400, "InvalidPolicyDocument", "Invalid Policy: " + why, cause);

    private static S3Exception Denied(string why) => new(403, "AccessDenied", "Invalid according to Policy: " + why);
}
