namespace Headrace.Delivery.Catalog;

/// <summary>What kind of fault an operation of the catalog met.</summary>
public enum CatalogFault
{
    NotFound,
    AlreadyExists,
    InvalidInput,
}

/// <summary>An operation of the catalog was refused, in AWS's words.</summary>
public sealed class CatalogException(CatalogFault fault, string message) : Exception(message)
{
    public CatalogFault Fault { get; } = fault;
}
