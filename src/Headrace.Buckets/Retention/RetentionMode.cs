namespace Headrace.Buckets.Retention;

/// <summary>How firmly an object is kept.</summary>
public enum RetentionMode
{
    /// <summary>Those who may bypass it can delete the object or shorten its time.</summary>
    Governance,

    /// <summary>Nobody can.</summary>
    Compliance,
}
