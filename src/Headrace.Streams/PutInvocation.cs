namespace Headrace.Streams;

/// <summary>Which call of its client a put belongs to. Clients keep the id over all attempts of one call.</summary>
/// <param name="Id">The call's id, unique.</param>
/// <param name="IsRepeat">True for the second attempt and later ones: an earlier one may have been stored, and only its answer lost.</param>
public readonly record struct PutInvocation(Guid Id, bool IsRepeat);
