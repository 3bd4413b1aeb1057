namespace Headrace.ControlPlane;

/// <summary>Whose resource and where: streams and delivery streams are separate per account and region.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Region">Such as <c>us-east-1</c>.</param>
public readonly record struct AccountScope(string AccountId, string Region)
{
    public override string ToString() => $"{AccountId}/{Region}";
}
