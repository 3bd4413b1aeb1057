using System.Globalization;
using System.Xml.Linq;
using Headrace.Buckets.Lifecycle;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Lifecycle;

/// <summary>Reads a <c>LifecycleConfiguration</c>. Transitions are checked and kept; there is but one storage class to be in.</summary>
internal static class LifecycleDocument
{
    private const int MaxRules = 1000;
    private const int MaxIdLength = 255;

    /// <exception cref="S3Exception">MalformedXML, InvalidArgument or InvalidRequest.</exception>
    public static LifecycleConfiguration Parse(XElement document)
    {
        var elements = document.Children("Rule").ToList();
        if (elements.Count is 0 or > MaxRules)
            throw S3Exception.MalformedXml();
        var rules = elements.ConvertAll(RuleOf);
        if (rules.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Count() < rules.Count)
            throw S3Exception.InvalidArgument("ID", "", "Rule ID must be unique. Found same ID for more than one rule");
        return new LifecycleConfiguration(rules, document.ToString(SaveOptions.DisableFormatting));
    }

    private static LifecycleRule RuleOf(XElement element)
    {
        var filter = FilterOf(element);
        var expiration = element.Children("Expiration").FirstOrDefault();
        var noncurrent = element.Children("NoncurrentVersionExpiration").FirstOrDefault();
        var abort = element.Children("AbortIncompleteMultipartUpload").FirstOrDefault();
        CheckTransitions(element);
        if (expiration is null && noncurrent is null && abort is null && !element.Children("Transition").Any() && !element.Children("NoncurrentVersionTransition").Any())
            throw S3Exception.InvalidRequest("At least one action needs to be specified in a rule");
        var rule = filter with
        {
            Id = IdOf(element),
            IsEnabled = element.RequiredTextOf("Status") switch
            {
                "Enabled" => true,
                "Disabled" => false,
                _ => throw S3Exception.MalformedXml(),
            },
            AbortUploadsAfterDays = abort is null ? null : Days(abort.RequiredTextOf("DaysAfterInitiation"), "AbortIncompleteMultipartUpload.DaysAfterInitiation"),
        };
        if (abort is not null && (rule.Tags.Count > 0 || rule.LargerThan is not null || rule.SmallerThan is not null))
            throw S3Exception.InvalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags or object size.");
        rule = expiration is null ? rule : WithExpiration(rule, expiration);
        return noncurrent is null ? rule : rule with
        {
            NoncurrentDays = Days(noncurrent.RequiredTextOf("NoncurrentDays"), "NoncurrentDays"),
            KeptNoncurrentVersions = noncurrent.TextOf("NewerNoncurrentVersions") is { } kept ? Days(kept, "NewerNoncurrentVersions") : 0,
        };
    }

    private static LifecycleRule WithExpiration(LifecycleRule rule, XElement expiration)
    {
        if (expiration.Elements().Select(child => child.Name.LocalName).ToList() is not [var kind])
            throw S3Exception.MalformedXml();
        var text = expiration.Elements().Single().Value;
        switch (kind)
        {
            case "Days":
                return rule with { ExpirationDays = Days(text, "Expiration") };
            case "Date":
                return rule with { ExpirationDate = Midnight(text) };
            case "ExpiredObjectDeleteMarker" when rule.Tags.Count > 0:
                throw S3Exception.InvalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
            case "ExpiredObjectDeleteMarker":
                return rule with { ExpiresLoneMarkers = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) };
            default:
                throw S3Exception.MalformedXml();
        }
    }

    /// <summary>A rule with an id of its own; one without gets one, as it would at S3.</summary>
    private static string IdOf(XElement element)
    {
        if (element.TextOf("ID") is { Length: > 0 } id)
            return id.Length <= MaxIdLength ? id : throw S3Exception.InvalidArgument("ID", id, "ID length should not exceed allowed limit of 255");
        var made = Guid.NewGuid().ToString();
        element.Children("ID").Remove();
        element.AddFirst(new XElement("ID", made));
        return made;
    }

    private static LifecycleRule FilterOf(XElement element)
    {
        var rule = new LifecycleRule { Id = "" };
        if (element.Children("Filter").FirstOrDefault() is not { } filter)
            return rule with { Prefix = element.RequiredTextOf("Prefix") };
        if (element.TextOf("Prefix") is not null || filter.Elements().Skip(1).Any())
            throw S3Exception.MalformedXml();
        var and = filter.Children("And").FirstOrDefault();
        if (and is not null && and.Elements().Count() < 2)
            throw S3Exception.MalformedXml();
        var holder = and ?? filter;
        var tags = holder.Children("Tag").Select(tag => KeyValuePair.Create(tag.RequiredTextOf("Key"), tag.RequiredTextOf("Value"))).ToList();
        if (tags.Select(tag => tag.Key).Distinct(StringComparer.Ordinal).Count() < tags.Count)
            throw S3Exception.InvalidRequest("Duplicate Tag Keys are not allowed.");
        return rule with
        {
            Prefix = holder.TextOf("Prefix") ?? "",
            Tags = new Dictionary<string, string>(tags, StringComparer.Ordinal),
            LargerThan = Size(holder.TextOf("ObjectSizeGreaterThan")),
            SmallerThan = Size(holder.TextOf("ObjectSizeLessThan")),
        };
    }

    private static void CheckTransitions(XElement element)
    {
        foreach (var transition in element.Children("Transition").Concat(element.Children("NoncurrentVersionTransition")))
        {
            if (transition.RequiredTextOf("StorageClass") is not ("GLACIER" or "STANDARD_IA" or "ONEZONE_IA" or "INTELLIGENT_TIERING" or "DEEP_ARCHIVE" or "GLACIER_IR"))
                throw S3Exception.MalformedXml();
            if (transition.TextOf("Date") is { } date)
                Midnight(date);
            if (transition.TextOf("Days") is { } days && (!int.TryParse(days, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < 0))
                throw S3Exception.InvalidArgument("Days", days, "'Days' in Transition action must be nonnegative");
        }
    }

    private static long? Size(string? text)
    {
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw S3Exception.MalformedXml();
    }

    private static int Days(string text, string action)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
            throw S3Exception.MalformedXml();
        return days > 0 ? days : throw S3Exception.InvalidArgument(action, text, $"'Days' for {action} action must be a positive integer");
    }

    private static DateTimeOffset Midnight(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) || text.Length < 8)
            throw S3Exception.MalformedXml();
        return date.TimeOfDay == TimeSpan.Zero ? date : throw S3Exception.InvalidArgument("Date", text, "'Date' must be at midnight GMT");
    }
}
