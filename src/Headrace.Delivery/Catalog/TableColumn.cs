namespace Headrace.Delivery.Catalog;

/// <summary>A column of a table. Immutable.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Type">Its type in Hive's words, such as <c>array&lt;struct&lt;code:string,quantity:int&gt;&gt;</c>.</param>
public sealed record TableColumn(string Name, string Type);
