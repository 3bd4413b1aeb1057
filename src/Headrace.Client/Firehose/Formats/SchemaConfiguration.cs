using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A schema of the Glue catalog.</summary>
public sealed record SchemaConfiguration
{
    /// <summary>The role to act as.</summary>
    [JsonPropertyName("RoleARN")]
    public string? RoleArn { get; init; }

    /// <summary>The catalog.</summary>
    public string? CatalogId { get; init; }

    /// <summary>The database.</summary>
    public string? DatabaseName { get; init; }

    /// <summary>The table.</summary>
    public string? TableName { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>The version of the table.</summary>
    public string? VersionId { get; init; }
}
